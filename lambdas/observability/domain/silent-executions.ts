import type { Executions, RunningExecution } from './executions';
import { isWaitingForAnswer, silenceLimit } from './silence-limit';

/** What is younger is not looked at: no state allows less silence. */
const YOUNGEST_MS = 60_000;

/** Histories that are read of one machine in one run. */
const MOST_HISTORIES = 100;

/** What histories tell of running executions. */
export interface Silence {
  /** Those that have been silent for longer than the state allows that they are in. */
  readonly silent: readonly string[];
  /** Those that wait for somebody's answer, and when they began to. */
  readonly asking: readonly RunningExecution[];
}

/** Looks at histories. Of more executions than can be looked at in one run, each minute looks at others. */
export async function silentExecutions(
  executions: Pick<Executions, 'latestMove' | 'definition'>,
  running: readonly RunningExecution[],
  now: number,
): Promise<Silence> {
  const old = running.filter(({ startedAt }) => now - startedAt >= YOUNGEST_MS);
  const silent: string[] = [];
  const asking: RunningExecution[] = [];
  for (const { arn } of inTurn(old, now)) {
    const move = await executions.latestMove(arn);
    if (!move || now - move.at < YOUNGEST_MS) continue;
    const definition = await executions.definition(arn);
    const limitSeconds = silenceLimit(definition, move.state);
    if (limitSeconds !== undefined && now - move.at > limitSeconds * 1000) silent.push(arn);
    if (isWaitingForAnswer(definition, move.state)) asking.push({ arn, startedAt: move.at });
  }
  return { silent, asking };
}

/** Those whose turn it is in this minute. */
function inTurn<T>(items: readonly T[], now: number): readonly T[] {
  const groups = Math.max(1, Math.ceil(items.length / MOST_HISTORIES));
  const first = (Math.floor(now / 60_000) % groups) * MOST_HISTORIES;
  return items.slice(first, first + MOST_HISTORIES);
}
