import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import type { Clock } from '../../shared/clock';

/** What a payment key stands for at the provider: an id there, or nothing for ever. */
export type PaymentReference = { readonly providerId: string } | 'voided';

/** Twice as long as an execution's name is kept. */
const RETENTION_SECONDS = 180 * 24 * 60 * 60;

/**
 * Which of a provider's payments belongs to a key, beside the idempotency records. The first writer decides: a
 * payment is only confirmed once it is referred to, so a key that was voided before can never be charged, however
 * long ago, and a payment that is referred to is found by its undo although the provider forgets idempotency keys
 * after a day.
 */
export class PaymentReferences {
  constructor(private readonly props: { client: Sender; tableName: string; clock: Clock }) {}

  /** Where the references stand: what tells the payments of this deployment from others of the same account. */
  get name(): string {
    return this.props.tableName;
  }

  /** The reference of a key, or undefined. */
  async find(key: string): Promise<PaymentReference | undefined> {
    const { client, tableName } = this.props;
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall({ id: recordId(key) }), ConsistentRead: true }),
    );
    return Item && toReference(Item);
  }

  /** Settles the reference of a key unless it is settled; gives the one that stands. */
  async settle(key: string, reference: PaymentReference): Promise<PaymentReference> {
    const { client, tableName, clock } = this.props;
    const item = {
      id: recordId(key),
      expiration: Math.round(clock.now() / 1000) + RETENTION_SECONDS,
      providerId: reference === 'voided' ? undefined : reference.providerId,
    };
    try {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: marshall(item, { removeUndefinedValues: true }),
          ConditionExpression: 'attribute_not_exists(id)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return reference;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
      return toReference(error.Item);
    }
  }
}

const recordId = (key: string) => `PaymentReference#${key}`;

function toReference(item: Record<string, any>): PaymentReference {
  const { providerId } = unmarshall(item);
  return providerId ? { providerId } : 'voided';
}
