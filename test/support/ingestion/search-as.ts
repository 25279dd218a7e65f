import type { Passage } from '../../../bin/commands/search/client';
import { type ApiAnswer, type signedFetch as SignedFetch, signedFetch } from '../../../bin/commands/signed-fetch';
import type { IngestionStacks } from './ingestion-stacks';

/** Credentials that requests are signed with. */
export type Credentials = Awaited<ReturnType<Parameters<typeof SignedFetch>[2]>>;

/** Credentials that stand for the account's administrator. */
const ADMINISTRATOR: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** What the search of a tenant answers to whoever signs; parameters are encoded as they are given. */
export function searchAs(
  stacks: Pick<IngestionStacks, 'embedded' | 'outputs'>,
  credentials: Credentials = ADMINISTRATOR,
): (tenant: string, parameters: Record<string, string | number>) => Promise<ApiAnswer> {
  const api = signedFetch(stacks.outputs.SearchApiUrl, stacks.embedded.region, async () => credentials);
  return (tenant, parameters) => {
    const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return api('GET', `/tenants/${tenant}/search?${query.join('&')}`);
  };
}

/** The passages in an answer. Throws an Error for an answer that is none. */
export function passagesIn({ statusCode, body }: ApiAnswer): Passage[] {
  if (statusCode !== 200) throw new Error(`The search answered ${statusCode}: ${JSON.stringify(body)}`);
  return body.results;
}
