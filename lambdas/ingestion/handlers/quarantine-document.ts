import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { jobFieldsOf } from '../domain/job-fields';
import { createQuarantineDocument } from '../domain/settle-document';
import { documentStore } from './wiring/document-store';

const observability = powertoolsObservability();

/** The task QuarantineDocument. */
export const handler = observe(
  observability,
  createQuarantineDocument({ documents: documentStore(), clock: systemClock, ...observability }),
  jobFieldsOf,
);
