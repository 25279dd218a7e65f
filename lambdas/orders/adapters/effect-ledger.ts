import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import { type Clock, isoNow } from '../../shared/clock';

/** The words of one kind of ledger. */
export interface LedgerWords {
  /** The partition key attribute. */
  readonly key: string;
  /** State and counter of an effect that stands: `captured`, `captures`. */
  readonly done: string;
  readonly doneCount: string;
  /** State and counter of an effect that was taken back: `refunded`, `refunds`. */
  readonly undone: string;
  readonly undoneCount: string;
}

/** An entry of a ledger. */
export interface LedgerEntry {
  readonly state: string;
  readonly [attribute: string]: unknown;
}

/** More races in a row than this mean that the table does not keep its conditions. */
const MOST_RACES = 5;

/**
 * Effects with at most one doing and one undoing per key, in a DynamoDB table. Undoing what was never done leaves the
 * state `voided`, so that doing it later fails. Each change is one conditional write that also counts the effect.
 */
export class EffectLedger {
  constructor(
    private readonly client: Sender,
    private readonly tableName: string,
    private readonly words: LedgerWords,
    private readonly clock: Clock,
  ) {}

  /** Enters the effect; gives the entry that stands, which is an earlier one when the key was used before. */
  async enter(key: string, attributes: Record<string, unknown>): Promise<LedgerEntry> {
    const { words } = this;
    const entry = {
      [words.key]: key,
      state: words.done,
      ...attributes,
      [words.doneCount]: 1,
      [words.undoneCount]: 0,
      createdAt: isoNow(this.clock),
    };
    const standing = await this.putIfAbsent(entry);
    return standing ?? entry;
  }

  /** The entry of a key, or undefined. */
  async find(key: string): Promise<LedgerEntry | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.tableName, Key: marshall({ [this.words.key]: key }), ConsistentRead: true }),
    );
    return Item && (unmarshall(Item) as LedgerEntry);
  }

  /**
   * Entries made in a time, a page at once. It looks through the whole table: a ledger of trials is small, and no
   * production stage keeps one.
   */
  async list(window: { from: string; until: string; cursor?: string }) {
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new ScanCommand({
        TableName: this.tableName,
        FilterExpression: '#createdAt >= :from AND #createdAt < :until',
        ExpressionAttributeNames: { '#createdAt': 'createdAt' },
        ExpressionAttributeValues: marshall({ ':from': window.from, ':until': window.until }),
        ExclusiveStartKey: window.cursor ? marshall({ [this.words.key]: window.cursor }) : undefined,
        ConsistentRead: true,
      }),
    );
    const cursor: string | undefined = LastEvaluatedKey && unmarshall(LastEvaluatedKey)[this.words.key];
    return { entries: Items.map((item: any) => unmarshall(item) as LedgerEntry) as LedgerEntry[], cursor };
  }

  /** Takes the effect back, or voids the key; gives the state that stands afterwards. */
  async reverse(key: string): Promise<string> {
    const { words } = this;
    for (let race = 0; race < MOST_RACES; race++) {
      const state = await this.reverseDone(key);
      if (state !== undefined) return state;
      const standing = await this.putIfAbsent({
        [words.key]: key,
        state: 'voided',
        orderId: key,
        [words.doneCount]: 0,
        [words.undoneCount]: 0,
        createdAt: isoNow(this.clock),
      });
      if (!standing) return 'voided';
      if (standing.state !== words.done) return standing.state;
    }
    throw new Error(`${this.tableName}: the entry ${key} kept changing while it was reversed; try again.`);
  }

  /** The state after reversing an entry, or undefined when there is none. */
  private async reverseDone(key: string): Promise<string | undefined> {
    const { words } = this;
    try {
      await this.client.send(
        new UpdateItemCommand({
          TableName: this.tableName,
          Key: marshall({ [words.key]: key }),
          UpdateExpression: 'SET #state = :undone, #updatedAt = :now ADD #count :one',
          ConditionExpression: '#state = :done',
          ExpressionAttributeNames: { '#state': 'state', '#updatedAt': 'updatedAt', '#count': words.undoneCount },
          ExpressionAttributeValues: marshall({
            ':undone': words.undone,
            ':done': words.done,
            ':now': isoNow(this.clock),
            ':one': 1,
          }),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return words.undone;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item && unmarshall(error.Item).state;
    }
  }

  /** Puts an entry, or gives the one that stands in its place. */
  private async putIfAbsent(entry: Record<string, unknown>): Promise<LedgerEntry | undefined> {
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.tableName,
          Item: marshall(entry, { removeUndefinedValues: true }),
          ConditionExpression: 'attribute_not_exists(#key)',
          ExpressionAttributeNames: { '#key': this.words.key },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
      return unmarshall(error.Item) as LedgerEntry;
    }
  }
}
