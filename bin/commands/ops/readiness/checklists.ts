import { alarmsQuiet, alarmsRing, parkedWatched } from './alarm-checks';
import type { Check } from './check';
import { bucketsClosed, queuesEncrypted, tablesProtected, tablesRestorable } from './data-checks';
import {
  concurrencyEnough,
  consumersProtected,
  intakesOpen,
  nothingDies,
  nothingThrottled,
  nothingWaitsLong,
  outOfSandbox,
  senderVerified,
} from './flow-checks';
import { rolesNarrow } from './role-checks';
import {
  everythingTraced,
  historiesSealed,
  isProductionStage,
  logsExpire,
  noToys,
  nothingParked,
  topicsConfirmed,
} from './watch-checks';
import { budgetsWatched, maintenanceOver, watcherRuns } from './watch-over-checks';

/** The checklists of docs/operating.md, line by line in their order. */
export const CHECKLISTS: Readonly<Record<'pre-production' | 'production' | 'incident', readonly Check[]>> = {
  'pre-production': [
    tablesRestorable,
    bucketsClosed,
    queuesEncrypted,
    logsExpire,
    everythingTraced,
    consumersProtected,
    parkedWatched,
    budgetsWatched,
    watcherRuns,
    rolesNarrow,
    senderVerified,
    intakesOpen,
    nothingParked,
  ],
  production: [
    isProductionStage,
    noToys,
    tablesRestorable,
    tablesProtected,
    historiesSealed,
    alarmsRing,
    budgetsWatched,
    topicsConfirmed,
    maintenanceOver,
    watcherRuns,
    rolesNarrow,
    outOfSandbox,
    concurrencyEnough,
    intakesOpen,
    alarmsQuiet,
    nothingParked,
  ],
  incident: [
    alarmsQuiet,
    maintenanceOver,
    watcherRuns,
    nothingDies,
    nothingParked,
    intakesOpen,
    nothingWaitsLong,
    nothingThrottled,
    outOfSandbox,
  ],
};
