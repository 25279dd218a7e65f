import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Service } from '../../../local/wire/service';
import { TABLES } from './names';
import type { Trace } from './trace';

const PAST: Readonly<Record<string, string>> = {
  captured: 'captured',
  refunded: 'refunded',
  booked: 'booked',
  cancelled: 'cancelled',
};

/**
 * Tells the trace of what each write of an order's row or of a ledger has changed, by looking at the tables beside the
 * network.
 */
export function effectWatch(service: Service, trace: Trace): (action: string, input: any) => void {
  const seen = new Map<string, Record<string, any> | undefined>();

  const look = (TableName: keyof typeof TABLES, item: Record<string, any>, isPut: boolean) => {
    const Key = Object.fromEntries(TABLES[TableName].map((name) => [name, item[name]]));
    const answer = service.actions.GetItem!.handle({ TableName, Key, ConsistentRead: true }, undefined as never);
    const row = (answer as { Item?: any }).Item && unmarshall((answer as { Item?: any }).Item);
    const id = `${TableName} ${JSON.stringify(Key)}`;
    const before = seen.get(id);
    seen.set(id, row);
    if (!row) return;
    if (TableName === 'orders') {
      if (row.reservation !== before?.reservation) trace.effect(row.orderId, `stock ${row.reservation}`);
      if (row.status !== before?.status) trace.effect(row.orderId, `status ${row.status}`);
      return;
    }
    // Every entry that is put is an effect of its own, also one that looks like what it replaced.
    if (!isPut && row.state === before?.state) return;
    const what = row.state === 'voided' ? `voided ${TableName}` : PAST[row.state as string];
    trace.effect(row.orderId, what ?? String(row.state));
  };

  return (action, input) => {
    const writes: [TableName: string, item: any, isPut: boolean][] =
      action === 'TransactWriteItems'
        ? input.TransactItems.flatMap((entry: any) => {
            const write = entry.Update ?? entry.Put;
            return write ? [[write.TableName, write.Key ?? write.Item, entry.Put !== undefined]] : [];
          })
        : action === 'PutItem' || action === 'UpdateItem'
          ? [[input.TableName, input.Key ?? input.Item, action === 'PutItem']]
          : [];
    for (const [table, item, isPut] of writes) {
      if (table === 'orders' || table === 'payments' || table === 'shipments') look(table, item, isPut);
    }
  };
}
