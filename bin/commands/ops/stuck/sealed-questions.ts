import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { ApprovalsClient } from '../../approvals/client';
import type { Aws } from '../aws';
import type { DeployedStateMachine } from '../machines';
import type { RunningExecution } from './running-executions';
import type { Stuck } from './stuck';

/** An execution whose history whoever types may not read. */
export interface SealedExecution extends RunningExecution {
  readonly machine: DeployedStateMachine;
}

/** Younger ones may be trying a step again: no retries of a healthy order last longer. */
const LONGEST_RETRIES_MS = 5 * 60_000;

/** A request may seem to be older than the execution that asked: clocks differ. */
const OLDER_MS = 5 * 60_000;

/** How a request stands that waits no more. */
const ENDED = ['approved', 'rejected', 'expired', 'revoked'];

/**
 * Those that stand still as far as it can be told from outside: they began before a moment, no request of theirs waits for an answer, and
 * none was decided since that moment. To repair it needs `states:StopExecution`.
 */
export async function sealedQuestions(
  aws: Aws,
  client: Pick<ApprovalsClient, 'list'>,
  sealed: readonly SealedExecution[],
  { beforeMs, nowMs }: { readonly beforeMs: number; readonly nowMs: number },
): Promise<Stuck[]> {
  const old = new Map(sealed.filter(({ startedMs }) => startedMs <= beforeMs).map((one) => [one.arn, one]));
  if (old.size === 0) return [];
  for await (const { askedBy } of client.list('pending')) if (askedBy) old.delete(askedBy);
  const sinceMs = new Map([...old.values()].map(({ arn, startedMs }) => [arn, startedMs]));
  const oldestMs = Math.min(...sinceMs.values()) - OLDER_MS;
  for (const status of old.size > 0 ? ENDED : []) {
    for await (const { askedBy = '', openedAt, decidedAt } of client.list(status)) {
      if (Date.parse(openedAt) < oldestMs) break;
      const movedMs = Math.max(sinceMs.get(askedBy) ?? 0, Date.parse(decidedAt ?? openedAt));
      if (old.has(askedBy)) sinceMs.set(askedBy, movedMs);
    }
  }
  return [...old.values()]
    .filter(({ arn }) => sinceMs.get(arn)! <= beforeMs)
    .map((one) => stuck(aws, one, sinceMs.get(one.arn)!, nowMs));
}

function stuck({ sfn }: Aws, { arn, machine }: SealedExecution, sinceMs: number, nowMs: number): Stuck {
  const base = {
    ...{ stack: machine.stack, kind: 'execution' as const, id: arn, sinceMs },
    why: 'runs, and no request waits for an answer to it; its history is encrypted',
  };
  if (nowMs - sinceMs < LONGEST_RETRIES_MS) {
    return { ...base, remedy: 'none yet: it may be trying a step again; look once more after five minutes' };
  }
  return {
    ...base,
    remedy: 'stops it: its recovery undoes or parks what it was about',
    repair: async () => {
      const cause = 'Stopped by npm run ops: it ran, and nobody was asked.';
      await sfn.send(new StopExecutionCommand({ executionArn: arn, error: 'StoodStill', cause }));
    },
  };
}
