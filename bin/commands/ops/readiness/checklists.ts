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
import {
  everythingTraced,
  historiesSealed,
  isProductionStage,
  logsExpire,
  noToys,
  nothingParked,
  topicsConfirmed,
} from './watch-checks';

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
    topicsConfirmed,
    outOfSandbox,
    concurrencyEnough,
    intakesOpen,
    alarmsQuiet,
    nothingParked,
  ],
  incident: [alarmsQuiet, nothingDies, nothingParked, intakesOpen, nothingWaitsLong, nothingThrottled, outOfSandbox],
};
