import { BatchGetItemCommand, ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../aws/sender';
import type { FaultKind, FaultSource, InjectedFault } from './fault';

interface FaultRow {
  readonly scope: string;
  readonly operation: string;
  readonly fault: FaultKind;
  readonly remaining?: number;
  readonly delayMilliseconds?: number;
}

/** The scope of a fault that everything meets. */
const EVERYTHING = '*';

/** Faults from the faults table: one read per operation, and one conditional write for a fault that is limited. */
export function createDynamoFaultSource(client: Sender, tableName: string): FaultSource {
  return {
    async take(scope, operation) {
      const keys = [scope, EVERYTHING].map((one) => marshall({ scope: one, operation }));
      const { Responses } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: keys, ConsistentRead: true } } }),
      );
      const rows: FaultRow[] = (Responses?.[tableName] ?? []).map((item: any) => unmarshall(item));
      rows.sort((a, b) => Number(a.scope === EVERYTHING) - Number(b.scope === EVERYTHING));
      for (const row of rows) {
        if (row.remaining === undefined || (await useUp(row))) return toFault(row);
      }
      return undefined;
    },
  };

  /** Takes one of what remains; false when another call took the last. */
  async function useUp(row: FaultRow): Promise<boolean> {
    if ((row.remaining ?? 0) <= 0) return false;
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall({ scope: row.scope, operation: row.operation }),
          UpdateExpression: 'ADD #remaining :minusOne',
          ConditionExpression: '#remaining > :none',
          ExpressionAttributeNames: { '#remaining': 'remaining' },
          ExpressionAttributeValues: marshall({ ':minusOne': -1, ':none': 0 }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

function toFault({ fault, delayMilliseconds }: FaultRow): InjectedFault {
  return { kind: fault, delayMilliseconds };
}
