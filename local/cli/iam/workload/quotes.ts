import type { WorkloadAccount } from './account';

/** A quote whose carrier fails once, so that the row of the fault is used up. */
export async function askForQuotes(account: WorkloadAccount): Promise<void> {
  const text = (S: string) => ({ S });
  await account.call('dynamodb', 'PutItem', {
    TableName: account.output('StockTableName'),
    Item: { sku: text('quoted'), onHand: { N: '1' }, held: { N: '0' }, sold: { N: '0' }, unitPriceCents: { N: '100' } },
  });
  await account.call('dynamodb', 'PutItem', {
    TableName: account.output('FaultsTableName'),
    Item: {
      scope: text('DE'),
      operation: text('estimateDelivery'),
      fault: text('errorBeforeEffect'),
      remaining: { N: '1' },
    },
  });
  const wanted = { lines: [{ sku: 'quoted', quantity: 1 }], destination: { country: 'DE' } };
  const { status, text: answer } = await account.http('QuotesApiUrl', 'POST', '/quotes', wanted);
  if (status !== 200) throw new Error(`POST /quotes answered ${status}: ${answer}`);
}
