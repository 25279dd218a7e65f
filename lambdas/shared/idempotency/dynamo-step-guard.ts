import { randomUUID } from 'node:crypto';
import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  IdempotencyPersistenceLayerError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import type { Sender } from '../aws/sender';
import type { Clock } from '../clock';
import { FENCED, OwnedRecords } from './owned-records';
import { StepFenced } from './step-fenced';
import { type Attempt, type GuardedStep, NINETY_DAYS_SECONDS, type StepGuard } from './step-guard';
import { StepInProgress } from './step-in-progress';

/** What the guard works with. */
export interface DynamoStepGuardProps {
  readonly client: Sender;
  /** A table of Powertools' schema: partition key `id`, TTL attribute `expiration`. */
  readonly tableName: string;
  readonly clock: Clock;
  /** Makes owner tokens; random UUIDs when absent. */
  readonly newOwner?: () => string;
}

/**
 * Powertools' idempotency over records that belong to one invocation, and a fence that the undo of a step lays.
 * Two writes for a step that goes well, one for a fence.
 */
export function createDynamoStepGuard(props: DynamoStepGuardProps): StepGuard {
  const { client, tableName, clock, newOwner = randomUUID } = props;

  return {
    async once<T>(
      step: GuardedStep,
      invocation: { getRemainingTimeInMillis(): number },
      run: (attempt: Attempt) => Promise<T>,
    ): Promise<T> {
      const records = new OwnedRecords({
        client,
        tableName,
        clock,
        key: step.key,
        owner: newOwner(),
        deadlineMs: clock.now() + invocation.getRemainingTimeInMillis(),
        retentionSeconds: step.retentionSeconds ?? NINETY_DAYS_SECONDS,
        contentHash: step.contentHash,
      });
      // Powertools reads nothing of the context but the remaining time.
      const config = new IdempotencyConfig({ lambdaContext: invocation as Context });
      const guarded = makeIdempotent((_key: string) => run({ isRetry: records.isRetry }) as Promise<any>, {
        persistenceStore: records,
        config,
      });
      try {
        return (await guarded(step.key)) as T;
      } catch (error) {
        // Powertools wraps what the records throw; the workflow matches on our names.
        const cause = error instanceof IdempotencyPersistenceLayerError && error.cause ? error.cause : error;
        if (cause instanceof IdempotencyAlreadyInProgressError) throw new StepInProgress(step.key);
        if (cause instanceof StepFenced && records.hasBegun) await undoOvertaken(step);
        throw cause;
      }
    },

    async fence(key) {
      const expiration = Math.round(clock.now() / 1000) + NINETY_DAYS_SECONDS;
      await client.send(
        new PutItemCommand({ TableName: tableName, Item: marshall({ id: key, status: FENCED, expiration }) }),
      );
    },
  };
}

async function undoOvertaken(step: GuardedStep): Promise<void> {
  try {
    await step.undo?.();
  } catch (error) {
    throw new StepFenced(step.key, { cause: error });
  }
}
