import { asExpression } from '../../constructs/workflow-definition';
import { CALLBACK_GRACE_SECONDS, type StageSettings } from '../../stages/stage-settings';

/**
 * What a definition that asks for approvals takes from its stage. `ApprovalTerms` stands for an object within a JSONata
 * expression, with the members of a message that the stage decides: approvers, expiresInSeconds, reminders, escalation.
 * `ApprovalTimeoutSeconds` stands for a number: the expiry, and an hour for the refusal to arrive.
 */
export function approvalTerms({
  approvals,
}: StageSettings): Record<'ApprovalTerms' | 'ApprovalTimeoutSeconds', string> {
  const { approvers, expiresInSeconds, reminders, escalation } = approvals;
  return {
    ApprovalTerms: asExpression({ approvers, expiresInSeconds, reminders, escalation }),
    ApprovalTimeoutSeconds: String(expiresInSeconds + CALLBACK_GRACE_SECONDS),
  };
}
