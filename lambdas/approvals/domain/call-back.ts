import { CALLBACK_ERRORS } from '../contracts/names';
import type { ApprovalRequest, Decision } from './request';
import type { TokenVault } from './token-vault';
import type { EffectResult } from './transitions/effects-done';
import type { WorkflowCallback } from './workflow-callback';

/** What calling back works with. */
export interface CallBackProps {
  readonly vault: Pick<TokenVault, 'open'>;
  readonly callback: WorkflowCallback;
}

/** Tells the workflow what was decided. */
export async function callBack(props: CallBackProps, request: ApprovalRequest): Promise<EffectResult> {
  const { decision, requestId, token } = request;
  if (!decision) return 'dropped';
  const taskToken = await props.vault.open(token.ciphertext, requestId);
  if (decision.status === 'approved') return props.callback.succeed(taskToken, approvalOf(request, decision));
  // Without who and why: Step Functions writes causes into the machine's log, execution data or not.
  const cause = { requestId, at: new Date(decision.at).toISOString() };
  return props.callback.fail(taskToken, CALLBACK_ERRORS[decision.status], cause);
}

/** The output of the asking state. */
function approvalOf({ requestId, seats }: ApprovalRequest, { payload, payloadHash, isEdited, at }: Decision) {
  const answers = seats
    .flatMap(({ answer }) => (answer?.decision === 'approve' ? [answer] : []))
    .sort((one, other) => one.at - other.at)
    .map((answer) => ({ person: answer.person, at: new Date(answer.at).toISOString() }));
  return {
    decision: 'approved',
    requestId,
    payload,
    payloadHash,
    isEdited,
    answers,
    decidedAt: new Date(at).toISOString(),
  };
}
