import { isOrderEnd } from '../../orders/contracts/names';
import type { Sender } from '../../shared/aws/sender';
import type { EndRows } from '../domain/audit-samples';
import { batchGet } from './batch-get';

/** Rows of orders and documents, by key; of an order the status alone. */
export function createDynamoEndRows(client: Sender): EndRows {
  return {
    async endedOrders(table, orderIds) {
      const keys = orderIds.map((orderId) => ({ orderId }));
      const rows = await batchGet(client, table, keys, ['orderId', 'status']);
      return new Set(rows.filter(({ status }) => isOrderEnd(status)).map(({ orderId }) => orderId));
    },

    async knownDocuments(table, documentKeys) {
      const keys = documentKeys.map((documentKey) => ({ documentKey }));
      const rows = await batchGet(client, table, keys, ['documentKey']);
      return new Set(rows.map(({ documentKey }) => documentKey));
    },
  };
}
