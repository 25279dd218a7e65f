import { signedFetch } from '../../../../bin/commands/signed-fetch';
import type { BrokenAccount } from '../broken-account';
import type { RunbookCase } from '../runbook-case';
import { stock } from './placed-orders';

/** Asks what a lamp costs; gives the status of the answer. */
export async function quote(account: BrokenAccount, country = 'DE'): Promise<number> {
  const key = async () => ({ accessKeyId: 'local', secretAccessKey: 'local' });
  const api = signedFetch(account.outputs.QuotesApiUrl!, account.embedded.region, key);
  const request = { lines: [{ sku: 'lamp', quantity: 1 }], destination: { country } };
  return (await api('POST', '/quotes', JSON.stringify(request))).statusCode;
}

/** The pages of quotes. */
export const QUOTE_CASES: readonly RunbookCase[] = [
  {
    page: 'quotes-failed',
    trouble: 'a catalogue that refuses to be read',
    async break(account) {
      await stock(account);
      const allow = account.deny('QuoteStateMachine', 'dynamodb:BatchGetItem');
      expect(await quote(account)).toBe(503);
      return {
        shows: { LOG_GROUP_OF_WORKFLOW_QUOTE: /ExecutionFailed/, LOG_GROUP_OF_REQUEST_QUOTE: /DynamoDb/ },
        mend: allow,
        isOver: async () => (await quote(account)) === 200,
      };
    },
  },
];
