import { contentHash } from '../../../lambdas/shared/content-hash';
import type { Clock } from '../../../local/kernel/clock';
import type { Adversary } from './adversary';
import type { Trace } from './trace';
import type { PlannedApproval } from './world-plan';

/** What an approver works with. */
export interface ApproverProps {
  readonly clock: Clock;
  readonly adversary: Adversary;
  readonly trace: Trace;
  readonly planOf: (orderId: string) => PlannedApproval;
  /** Calls Step Functions; rejects as the API does. */
  readonly callback: (action: 'SendTaskSuccess' | 'SendTaskFailure', input: object) => Promise<unknown>;
}

/** An ask, as far as an answer needs it. */
interface Ask {
  readonly requestKey: string;
  readonly attempt: number;
  readonly taskToken: string;
  readonly payload: { readonly orderId: string; readonly totalCents: number };
}

/** Answers to a callback that mean that nobody waits for it any more. */
const GONE = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

/**
 * Approvals as the orders see them: one request per key, decided once, told to the latest token, some twice. A later
 * attempt of a request that is decided is told at once.
 */
export class Approver {
  private readonly asks = new Map<string, Ask>();
  private readonly decided = new Set<string>();

  constructor(private readonly props: ApproverProps) {}

  /** Takes a message of the approvals queue. */
  receive(body: string): void {
    const { clock, trace, planOf } = this.props;
    const message = JSON.parse(body);
    if (message.kind === 'actionRefused') {
      trace.effect(message.requestId, 'refusal reported');
      return;
    }
    const ask: Ask = message;
    const earlier = this.asks.get(ask.requestKey);
    if (earlier && earlier.attempt >= ask.attempt) return;
    this.asks.set(ask.requestKey, ask);
    if (this.decided.has(ask.requestKey)) return void this.tell(ask.requestKey);
    const { orderId } = ask.payload;
    if (earlier) return;
    trace.effect(orderId, 'asked');
    const { answer, afterMs } = planOf(orderId);
    if (answer !== 'silence') clock.schedule(clock.now() + afterMs, () => this.decide(ask.requestKey));
  }

  private decide(requestKey: string): void {
    const { clock, adversary, trace, planOf } = this.props;
    const { orderId } = this.asks.get(requestKey)!.payload;
    this.decided.add(requestKey);
    trace.effect(orderId, `decided ${planOf(orderId).answer}`);
    void this.tell(requestKey);
    if (adversary.chance(0.1))
      clock.schedule(clock.now() + adversary.delay(1, 30_000), () => void this.tell(requestKey));
  }

  private async tell(requestKey: string): Promise<void> {
    const { taskToken, payload } = this.asks.get(requestKey)!;
    const { answer } = this.props.planOf(payload.orderId);
    try {
      if (answer === 'reject' || answer === 'expire') {
        const error = answer === 'reject' ? 'ApprovalRejected' : 'ApprovalExpired';
        await this.props.callback('SendTaskFailure', { taskToken, error, cause: '{}' });
        return;
      }
      const approved = answer === 'mismatch' ? { ...payload, totalCents: payload.totalCents + 1 } : payload;
      // The order's id stands for the request's, so that a report can be told to its order.
      const output = { decision: 'approved', requestId: payload.orderId, payloadHash: contentHash(approved) };
      await this.props.callback('SendTaskSuccess', { taskToken, output: JSON.stringify(output) });
    } catch (error) {
      if (!GONE.includes((error as { code?: string }).code ?? '')) throw error;
    }
  }
}
