/**
 * Owns one idempotency record on behalf of one invocation.
 *
 * Powertools' DynamoDB layer updates and deletes a record without a condition, so an invocation that outlived its
 * deadline overwrites the record of the one that took over. Here both are conditional on an owner token that the
 * invocation wrote.
 *
 * Invariants
 * 1. Only the owner of a record changes it, but anybody may fence it.
 * 2. A fence ends only by its expiry.
 * 3. A failed attempt leaves a trace: its record stays, free to be taken, so that the next attempt knows that it is
 *    not the first.
 *
 * Attributes are Powertools' own (https://docs.powertools.aws.dev/lambda/typescript/latest/features/idempotency/):
 * `id`, `status`, `expiration` (seconds), `in_progress_expiration` (milliseconds), `data`, `validation`; besides them
 * `owner`.
 */
import { IdempotencyItemAlreadyExistsError } from '@aws-lambda-powertools/idempotency';
import { BasePersistenceLayer, IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../aws/sender';
import type { Clock } from '../clock';
import { KeyReused } from './key-reused';
import { StepFenced } from './step-fenced';
import { StepSuperseded } from './step-superseded';

/** The status of a fence: not one of Powertools' own, so that its functions never take a fence for a result. */
export const FENCED = 'FENCED';

/** What a record is owned with. */
export interface OwnedRecordSettings {
  readonly client: Sender;
  readonly tableName: string;
  readonly clock: Clock;
  readonly key: string;
  /** Unique to this attempt. */
  readonly owner: string;
  /** When this invocation ends at the latest, in milliseconds since the epoch. */
  readonly deadlineMs: number;
  readonly retentionSeconds: number;
  readonly contentHash?: string;
}

/** The record of one key as one invocation sees it. One instance serves one invocation. */
export class OwnedRecords extends BasePersistenceLayer {
  private takenOver = false;
  private begun = false;

  constructor(private readonly settings: OwnedRecordSettings) {
    super();
  }

  /** True once the record is (or was) ours, so that the step may have taken effect. */
  get hasBegun(): boolean {
    return this.begun;
  }

  /** True when the record that we took bore the trace of an earlier attempt. */
  get isRetry(): boolean {
    return this.takenOver;
  }

  protected override getHashedIdempotencyKey(): string {
    return this.settings.key;
  }

  protected override async _putRecord(): Promise<void> {
    const { client, tableName, clock, key, owner, deadlineMs, contentHash } = this.settings;
    const nowMs = clock.now();
    try {
      const { Attributes: earlier } = await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: marshall(
            {
              id: key,
              status: 'INPROGRESS',
              owner,
              expiration: this.expiration(),
              in_progress_expiration: deadlineMs,
              validation: contentHash,
            },
            { removeUndefinedValues: true },
          ),
          ConditionExpression:
            'attribute_not_exists(#id) OR #expiration < :nowSeconds OR (#status = :inProgress AND #deadline < :nowMs)',
          ExpressionAttributeNames: {
            '#id': 'id',
            '#expiration': 'expiration',
            '#status': 'status',
            '#deadline': 'in_progress_expiration',
          },
          ExpressionAttributeValues: marshall({
            ':nowSeconds': nowMs / 1000,
            ':nowMs': nowMs,
            ':inProgress': 'INPROGRESS',
          }),
          ReturnValues: 'ALL_OLD',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      this.begun = true;
      this.takenOver = earlier !== undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const existing = error.Item && unmarshall(error.Item);
      if (existing?.owner !== owner) throw this.refusalBy(existing);
      // The SDK sent our write again because its answer was lost. What it replaced is unknown: look before acting.
      this.begun = true;
      this.takenOver = true;
    }
  }

  protected override async _getRecord(): Promise<IdempotencyRecord> {
    const { client, tableName, key } = this.settings;
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall({ id: key }), ConsistentRead: true }),
    );
    if (!Item) throw new StepSuperseded(key);
    return this.toRecord(unmarshall(Item));
  }

  protected override async _updateRecord(record: IdempotencyRecord): Promise<void> {
    await this.changeOurs('SET #status = :completed, #data = :data, #expiration = :expiration', {
      names: { '#data': 'data', '#expiration': 'expiration' },
      values: { ':completed': 'COMPLETED', ':data': record.responseData ?? null, ':expiration': this.expiration() },
    });
  }

  /**
   * A step that failed may have taken effect: the record is freed and not deleted, so that the next attempt looks
   * first.
   */
  protected override async _deleteRecord(): Promise<void> {
    try {
      await this.changeOurs('SET #deadline = :free', {
        names: { '#deadline': 'in_progress_expiration' },
        values: { ':free': 0 },
      });
    } catch (error) {
      // Somebody else's by now: nothing of ours to free, and the step's own error is the one to report.
      if (!(error instanceof StepSuperseded)) throw error;
    }
  }

  private async changeOurs(
    expression: string,
    { names, values }: { names: Record<string, string>; values: Record<string, unknown> },
  ): Promise<void> {
    const { client, tableName, key, owner } = this.settings;
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall({ id: key }),
          UpdateExpression: expression,
          ConditionExpression: '#owner = :owner AND #status = :inProgress',
          ExpressionAttributeNames: { '#owner': 'owner', '#status': 'status', ...names },
          ExpressionAttributeValues: marshall(
            { ':owner': owner, ':inProgress': 'INPROGRESS', ...values },
            { removeUndefinedValues: true },
          ),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const now = error.Item && unmarshall(error.Item);
      if (now?.status === FENCED) throw new StepFenced(key);
      // The SDK sends a write again when its answer was lost: our own earlier write is a success.
      if (now?.owner === owner && now.status === 'COMPLETED') return;
      throw new StepSuperseded(key);
    }
  }

  private refusalBy(item: Record<string, any> | undefined): Error {
    const { key, contentHash } = this.settings;
    if (item?.status === FENCED) return new StepFenced(key);
    if (contentHash !== undefined && item?.validation !== undefined && item.validation !== contentHash) {
      return new KeyReused(key);
    }
    return new IdempotencyItemAlreadyExistsError(`${key} is being worked on or done`, item && this.toRecord(item));
  }

  private toRecord(item: Record<string, any>): IdempotencyRecord {
    return new IdempotencyRecord({
      idempotencyKey: item.id,
      status: item.status,
      inProgressExpiryTimestamp: item.in_progress_expiration,
      responseData: item.data,
      payloadHash: item.validation,
    });
  }

  private expiration(): number {
    return Math.round(this.settings.clock.now() / 1000) + this.settings.retentionSeconds;
  }
}
