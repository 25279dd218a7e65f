import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createFetchPage } from '../adapters/fetching/fetch-page';
import { machineNetwork } from '../adapters/fetching/network';
import { jobFieldsOf } from '../domain/job-fields';
import { createStage } from '../domain/run-stage';
import { createFetch } from '../domain/stages/fetch';
import { sourceStore } from './wiring/source-store';
import { workStore } from './wiring/work-store';

const observability = powertoolsObservability();

const fetchDocuments = createFetch({
  sources: sourceStore(),
  work: workStore(),
  fetchPage: createFetchPage({ network: machineNetwork, clock: systemClock }),
});

/** The stage Fetch. */
export const handler = observe(observability, createStage(fetchDocuments, observability), jobFieldsOf);
