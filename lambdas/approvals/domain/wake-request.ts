import { type ChangeProps, changeRequest } from './change-request';
import { RequestContended } from './request-contended';
import { wake } from './transitions/wake';

/** Does what is due for a request by now: reminder, escalation, expiry. Waking twice, or too early, changes nothing. */
export function createWakeRequest(props: ChangeProps) {
  return async (requestId: string): Promise<void> => {
    const result = await changeRequest(props, requestId, (request, now) => ({
      outcome: undefined,
      change: wake(request, now),
    }));
    if (result.kind === 'contended') throw new RequestContended(requestId);
    if (result.kind === 'missing') props.log.warn('There is no such request to wake', { requestId });
  };
}
