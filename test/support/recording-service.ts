import type { CallContext } from '../../local/wire/caller';
import type { Service } from '../../local/wire/service';

/** A call that a {@link recordingService} has taken. */
export interface RecordedCall {
  readonly action: string;
  readonly input: any;
  readonly call: CallContext;
}

/** A service that stands in for a neighbour: answers each action by a function, and keeps what it was called with. */
export function recordingService(
  name: string,
  actions: Record<string, (input: any, call: CallContext) => unknown>,
): Service & { readonly calls: RecordedCall[] } {
  const calls: RecordedCall[] = [];
  const entries = Object.entries(actions).map(([action, answer]) => [
    action,
    {
      handle(input: object, call: CallContext) {
        calls.push({ action, input, call });
        return answer(input, call);
      },
    },
  ]);
  return { name, protocols: [], actions: Object.fromEntries(entries), calls };
}
