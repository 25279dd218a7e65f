import type { Clock } from '../../../local/kernel/clock';
import type { Adversary } from './adversary';
import type { FunctionAnswer } from './function-process';
import { FUNCTION_TIMEOUT_MS, MOST_RECEIVES } from './names';
import type { Trace } from './trace';

/** What a queue in front of a function works with. */
export interface ConsumedQueueProps {
  readonly name: string;
  readonly clock: Clock;
  readonly adversary: Adversary;
  readonly trace: Trace;
  readonly invoke: (event: unknown) => Promise<FunctionAnswer>;
}

/**
 * A queue and its event source mapping with partial batch responses: a message that failed, or whose invocation did,
 * comes back after the visibility timeout, some messages come twice, and one that failed too often lies in
 * {@link ConsumedQueue.deadLetters}.
 */
export class ConsumedQueue {
  readonly deadLetters: string[] = [];
  private sent = 0;

  constructor(private readonly props: ConsumedQueueProps) {}

  send(body: string): void {
    const { adversary } = this.props;
    const messageId = `${this.props.name}-${++this.sent}`;
    this.deliver(messageId, body, 1, adversary.delay(1, 50));
    if (adversary.chance(0.1)) this.deliver(messageId, body, 1, adversary.delay(1, 30_000));
  }

  private deliver(messageId: string, body: string, receives: number, delayMs: number): void {
    const { clock } = this.props;
    clock.schedule(clock.now() + delayMs, () => void this.receive(messageId, body, receives));
  }

  private async receive(messageId: string, body: string, receives: number): Promise<void> {
    const { clock, trace, name, invoke } = this.props;
    const receivedMs = clock.now();
    const Records = [
      { messageId, body, eventSource: 'aws:sqs', attributes: { ApproximateReceiveCount: `${receives}` } },
    ];
    const isDone = await invoke({ Records }).then(wasHandled, () => false);
    if (isDone) return;
    if (receives >= MOST_RECEIVES) {
      trace.say(`queue      ${name}: ${messageId} goes to the dead-letter queue`);
      this.deadLetters.push(body);
      return;
    }
    const visibleMs = receivedMs + 6 * FUNCTION_TIMEOUT_MS;
    this.deliver(messageId, body, receives + 1, Math.max(0, visibleMs - clock.now()));
  }
}

/**
 * An answer without `batchItemFailures` is a success of the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
function wasHandled({ FunctionError, Payload }: FunctionAnswer): boolean {
  if (FunctionError) return false;
  try {
    return (JSON.parse(Payload)?.batchItemFailures ?? []).length === 0;
  } catch {
    return false;
  }
}
