import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import { type Clock, isoNow } from '../../shared/clock';
import { TARGETS, type Target } from '../contracts/names';
import type { Claim, DeliveryKey, DeliveryRecords } from '../domain/delivery-records';

/** What the records lie in. */
export interface DynamoDeliveryRecordsProps {
  readonly client: Sender;
  /** Partition key `eventId`, sort key `target`, TTL attribute `expiration`. */
  readonly deliveriesTable: string;
  /** The rows that the machine itself writes for the target `analytics`, by `eventId`. */
  readonly analyticsTable?: string;
  readonly clock: Clock;
  /** How long a row is kept after it was last touched. */
  readonly keepSeconds: number;
}

const SETTLED = ['delivered', 'skipped'] as const;

/** Deliveries as rows of a table; every change is one conditional write, and one that is sent twice is made once. */
export function createDynamoDeliveryRecords(props: DynamoDeliveryRecordsProps): DeliveryRecords {
  const { client, deliveriesTable, analyticsTable, clock, keepSeconds } = props;

  return {
    async claim(key, owner, untilMs) {
      const nowMs = clock.now();
      const { Attributes, refusedBy } = await change(key, {
        UpdateExpression:
          'SET #status = :inProgress, #owner = :owner, #until = :until, #expiration = :expiration ADD #attempts :one',
        ConditionExpression:
          'attribute_not_exists(#status) OR #status = :open OR (#status = :inProgress AND #until < :now)',
        names: ['status', 'owner', 'until', 'expiration', 'attempts'],
        values: {
          ':inProgress': 'inProgress',
          ':open': 'open',
          ':owner': owner,
          ':until': untilMs,
          ':now': nowMs,
          ':one': 1,
          ':expiration': expiration(),
        },
        ReturnValues: 'ALL_OLD',
      });
      if (!refusedBy) return { kind: 'claimed', isUncertain: Attributes?.status === 'inProgress' };
      // The SDK sends a write again when its answer was lost: our own earlier write is a claim.
      if (refusedBy.owner === owner) return { kind: 'claimed', isUncertain: true };
      return refusedBy.status === 'inProgress' ? { kind: 'busy' } : settled(refusedBy);
    },

    async settle(key, { status, providerId, reason }) {
      await change(key, {
        UpdateExpression:
          'SET #status = :status, #at = :at, #providerId = :providerId, #reason = :reason, #expiration = :expiration ADD #answered :one',
        ConditionExpression: 'attribute_not_exists(#status) OR NOT (#status IN (:delivered, :skipped))',
        names: ['status', 'at', 'providerId', 'reason', 'expiration', 'answered'],
        values: {
          ':status': status,
          ':at': isoNow(clock),
          ':providerId': providerId ?? null,
          ':reason': reason ?? null,
          ':expiration': expiration(),
          ':one': 1,
          ...settledValues(),
        },
      });
    },

    async release(key, owner, { mayHaveLanded }) {
      await change(key, {
        UpdateExpression: 'SET #status = :open ADD #answered :answered',
        ConditionExpression: '#status = :inProgress AND #owner = :owner',
        names: ['status', 'owner', 'answered'],
        values: { ':open': 'open', ':inProgress': 'inProgress', ':owner': owner, ':answered': mayHaveLanded ? 0 : 1 },
      });
    },

    async park(key, reason) {
      await change(key, {
        UpdateExpression: 'SET #status = :parked, #reason = :reason, #at = :at, #expiration = :expiration',
        ConditionExpression: 'attribute_not_exists(#status) OR NOT (#status IN (:delivered, :skipped))',
        names: ['status', 'reason', 'at', 'expiration'],
        values: {
          ':parked': 'parked',
          ':reason': reason,
          ':at': isoNow(clock),
          ':expiration': expiration(),
          ...settledValues(),
        },
      });
    },

    async reopen(key) {
      await change(key, {
        UpdateExpression: 'SET #status = :open',
        ConditionExpression: '#status = :parked',
        names: ['status'],
        values: { ':open': 'open', ':parked': 'parked' },
      });
    },

    async settledTargets(eventId) {
      if (!analyticsTable) throw new Error('The rows of analytics cannot be read: no table is named.');
      let keys: Record<string, { Keys: any[]; ConsistentRead: boolean }> | undefined = {
        [deliveriesTable]: { Keys: TARGETS.map((target) => marshall({ eventId, target })), ConsistentRead: true },
        [analyticsTable]: { Keys: [marshall({ eventId })], ConsistentRead: true },
      };
      const found = new Map<Target, 'delivered' | 'skipped' | 'parked'>();
      for (let round = 0; keys && Object.keys(keys).length > 0; round++) {
        if (round >= MOST_ROUNDS) throw new Error(`The deliveries of ${eventId} could not be read; try again.`);
        const { Responses, UnprocessedKeys }: any = await client.send(new BatchGetItemCommand({ RequestItems: keys }));
        for (const item of Responses?.[deliveriesTable] ?? []) {
          const { target, status } = unmarshall(item);
          if (status === 'parked' || SETTLED.includes(status)) found.set(target, status);
        }
        if ((Responses?.[analyticsTable] ?? []).length > 0) found.set('analytics', 'delivered');
        keys = UnprocessedKeys;
      }
      return found;
    },
  };

  /** One conditional write; gives the row that stands when the condition does not hold. */
  async function change(key: DeliveryKey, write: Write): Promise<Changed> {
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: deliveriesTable,
          Key: marshall(key),
          UpdateExpression: write.UpdateExpression,
          ConditionExpression: write.ConditionExpression,
          ExpressionAttributeNames: Object.fromEntries(write.names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: marshall(write.values),
          ReturnValues: write.ReturnValues,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { Attributes: Attributes && unmarshall(Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { refusedBy: error.Item ? unmarshall(error.Item) : {} };
    }
  }

  function expiration(): number {
    return Math.ceil(clock.now() / 1000) + keepSeconds;
  }
}

/** DynamoDB may leave part of a batch unread when it throttles; after so many rounds the queue's own retry takes over. */
const MOST_ROUNDS = 4;

interface Write extends Pick<UpdateItemCommandInput, 'UpdateExpression' | 'ConditionExpression' | 'ReturnValues'> {
  readonly names: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

interface Changed {
  readonly Attributes?: Record<string, any>;
  readonly refusedBy?: Record<string, any>;
}

function settledValues() {
  return { ':delivered': 'delivered', ':skipped': 'skipped' };
}

function settled(row: Record<string, any>): Claim {
  return { kind: 'settled', status: row.status, providerId: row.providerId ?? undefined };
}
