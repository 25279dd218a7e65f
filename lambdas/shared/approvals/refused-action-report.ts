import type { MessageQueue } from '../queue/message-queue';
import type { ApprovalMismatch } from './approval-mismatch';

/** The port through which a function reports that it did not act on an approval. */
export interface RefusedActionReport {
  /** `action`: what was to be done, 1 to 80 characters, such as `ChargePayment`. */
  actionRefused(action: string, mismatch: ApprovalMismatch): Promise<void>;
}

/** Reports through the approvals queue, so that the refusal stands in the request's audit trail. */
export function createRefusedActionReport(approvals: MessageQueue): RefusedActionReport {
  return {
    async actionRefused(action, { requestId, expectedHash, actualHash }) {
      const report = { kind: 'actionRefused', version: 1, requestId, action, expectedHash, actualHash };
      await approvals.send(JSON.stringify(report));
    },
  };
}
