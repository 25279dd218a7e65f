import type { Clock } from '../../shared/clock';
import type { Embedder } from './embedder';
import type { Lease } from './pace';
import type { SharedPace } from './shared-pace';

/** What paced embedding works with. */
export interface PacedEmbeddingProps {
  readonly embedder: Embedder;
  readonly pace: SharedPace;
  readonly clock: Clock;
  readonly mostAtOnce?: number;
}

/** What became of a number of texts. */
export interface PacedResult {
  /** Vectors by the key that each text came with. */
  readonly vectors: ReadonlyMap<string, Float32Array>;
  readonly throttledCalls: number;
  /** Whether all were embedded; if not, time was up. */
  readonly isFinished: boolean;
}

/** Calls on their way at once. */
const MOST_AT_ONCE = 64;

/**
 * Embeds texts at the shared pace until all are done or `deadline` (milliseconds since the epoch) has come. A text
 * that was throttled is tried again. Throws the first failure that is no throttling, once the calls on their way have
 * ended; `onEmbedded` has then been told of every vector.
 */
export async function embedPaced(
  { embedder, pace, clock, mostAtOnce = MOST_AT_ONCE }: PacedEmbeddingProps,
  texts: ReadonlyMap<string, string>,
  deadline: number,
  onEmbedded: (key: string, vector: Float32Array) => void = () => undefined,
): Promise<PacedResult> {
  const queue = [...texts.keys()];
  const vectors = new Map<string, Float32Array>();
  const onTheWay = new Set<Promise<void>>();
  let throttledCalls = 0;
  let failure: unknown;

  while (failure === undefined && clock.now() < deadline) {
    if (queue.length === 0) {
      if (onTheWay.size === 0) break;
      await Promise.race(onTheWay);
      continue;
    }
    const lease = await pace.lease(queue.length);
    if ('waitMs' in lease) await clock.sleep(Math.min(lease.waitMs, deadline - clock.now()));
    else await sendAll(lease);
  }
  await Promise.all(onTheWay);
  if (failure !== undefined) throw failure;
  return { vectors, throttledCalls, isFinished: vectors.size === texts.size };

  /** Sends one text at each place of a lease; what is left of it after a throttling is given back unused. */
  async function sendAll(lease: Lease): Promise<void> {
    const counts = { sent: 0, throttled: 0 };
    for (let place = 0; place < lease.count && queue.length > 0; place += 1) {
      const at = lease.startAt + place * lease.intervalMs;
      if (at >= deadline) return await untilDeadline();
      if (at > clock.now()) await clock.sleep(at - clock.now());
      if (counts.throttled > 0 || failure !== undefined || clock.now() >= deadline) return;
      while (onTheWay.size >= mostAtOnce) await Promise.race(onTheWay);
      counts.sent += 1;
      const call: Promise<void> = send(queue.shift()!, lease, counts).finally(() => onTheWay.delete(call));
      onTheWay.add(call);
    }
  }

  async function untilDeadline(): Promise<void> {
    await clock.sleep(Math.max(0, deadline - clock.now()));
  }

  async function send(key: string, lease: Lease, counts: { sent: number; throttled: number }): Promise<void> {
    try {
      const answer = await embedder.embed(texts.get(key)!);
      if (answer.kind === 'embedded') {
        vectors.set(key, answer.vector);
        onEmbedded(key, answer.vector);
        return;
      }
      counts.throttled += 1;
      throttledCalls += 1;
      queue.push(key);
      await pace.throttled(lease, counts);
    } catch (error) {
      failure ??= error;
    }
  }
}
