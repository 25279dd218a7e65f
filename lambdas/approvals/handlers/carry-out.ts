import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createApprovalsStreamHandler } from '../adapters/approvals-stream';
import { carryOut } from './wiring/carry-out';
import { requestStore } from './wiring/request-store';

const observability = powertoolsObservability();

/** The reader of the approvals table's stream. */
export const handler = observe(
  observability,
  createApprovalsStreamHandler(carryOut(requestStore(), observability), observability),
);
