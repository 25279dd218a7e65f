/**
 * Gets what lies at an address of the public internet, and refuses all others. Invariants:
 * 1. Every address of a name must be public, and the connection goes to one of those that were looked at: a name that answers otherwise a
 *    moment later changes nothing.
 * 2. Each redirect is checked as the first address was.
 * 3. Size, time and redirects are bounded, and nothing of ours is sent: no cookies, no credentials, no proxy.
 */
import { type IncomingMessage, request } from 'node:http';
import { isIP } from 'node:net';
import type { Clock } from '../../../shared/clock';
import { DocumentRefused } from '../../contracts/errors';
import type { FetchedPage } from '../../domain/stages/fetch';
import { AddressUnavailable } from './address-unavailable';
import { checkedUrl, hostOf } from './checked-url';
import { FETCH_LIMITS } from './fetch-limits';
import type { Network } from './network';
import { isPublicAddress } from './public-address';

/** What fetching works with. */
export interface FetchPageProps {
  readonly network: Network;
  readonly clock: Clock;
  /** @default FETCH_LIMITS */
  readonly limits?: Partial<typeof FETCH_LIMITS>;
}

/** Names that do not exist; other failures of the resolver pass. */
const NO_SUCH_NAME = new Set(['ENOTFOUND', 'ENODATA']);
/** Statuses after which the same request may succeed. */
const PASSING = new Set([408, 425, 429]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Makes the function that fetches. It throws DocumentRefused for what will not change: a forbidden address, a page that is not there, too
 * large or too slow; AddressUnavailable for what may.
 */
export function createFetchPage(props: FetchPageProps): (address: string) => Promise<FetchedPage> {
  const limits = { ...FETCH_LIMITS, ...props.limits };
  return async (address) => {
    const over = new AbortController();
    const fetched = new AbortController();
    void props.clock.sleep(limits.timeMs, fetched.signal).then(() => over.abort());
    try {
      return await follow(props.network, checkedUrl(address), limits, over.signal);
    } catch (error) {
      if (error instanceof DocumentRefused || error instanceof AddressUnavailable) throw error;
      if (over.signal.aborted) throw new DocumentRefused('The address took too long to answer.');
      throw new AddressUnavailable(`The address could not be fetched: ${codeOf(error)}.`);
    } finally {
      fetched.abort();
    }
  };
}

type Limits = { readonly [name in keyof typeof FETCH_LIMITS]: number };

async function follow(network: Network, start: URL, limits: Limits, signal: AbortSignal): Promise<FetchedPage> {
  let url = start;
  for (let redirects = 0; redirects <= limits.redirects; redirects++) {
    const response = await ask(network, url, limits, signal);
    const status = response.statusCode ?? 0;
    const { location } = response.headers;
    if (!REDIRECTS.has(status) || location === undefined) return await pageOf(response, status, limits);
    response.destroy();
    url = checkedUrl(location, url);
  }
  throw new DocumentRefused(`The address redirects more than ${limits.redirects} times.`);
}

async function ask(network: Network, url: URL, limits: Limits, signal: AbortSignal): Promise<IncomingMessage> {
  const host = hostOf(url);
  const address = await publicAddressOf(network, host, signal);
  const isTls = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      signal,
      maxHeaderSize: limits.headerBytes,
      headers: { host: url.host, accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'stepwright-ingestion' },
      // What speaks TLS is the connection itself. With any `agent`, also `false`, Node would look the name up and connect by itself.
      createConnection: () => network.connect({ address, port: isTls ? 443 : 80, host, isTls }),
    });
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** The address to connect to. Throws DocumentRefused when the name has one that is not public. */
async function publicAddressOf(network: Network, host: string, signal: AbortSignal): Promise<string> {
  const addresses = isIP(host) ? [host] : await resolved(network, host, signal);
  if (addresses.length === 0 || !addresses.every(isPublicAddress)) {
    throw new DocumentRefused('The address is not one of the public internet.');
  }
  return addresses[0]!;
}

async function resolved(network: Network, host: string, signal: AbortSignal): Promise<readonly string[]> {
  const timedOut = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('timed out')), { once: true });
  });
  try {
    return await Promise.race([network.resolve(host), timedOut]);
  } catch (error) {
    if (NO_SUCH_NAME.has(codeOf(error))) throw new DocumentRefused('The name in the address does not exist.');
    throw error;
  }
}

async function pageOf(response: IncomingMessage, status: number, limits: Limits): Promise<FetchedPage> {
  try {
    if (status >= 500 || PASSING.has(status)) throw new AddressUnavailable(`The address answered ${status}.`);
    if (status !== 200) throw new DocumentRefused(`The address answered ${status}.`);
    const encoding = response.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') throw new DocumentRefused('The address answers compressed, which was not asked for.');
    const tooLarge = () => new DocumentRefused(`The address gives more than ${limits.bytes} bytes.`);
    if (Number(response.headers['content-length'] ?? 0) > limits.bytes) throw tooLarge();
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of response as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > limits.bytes) throw tooLarge();
      pieces.push(piece);
    }
    return { bytes: Buffer.concat(pieces), contentType: response.headers['content-type'] };
  } finally {
    response.destroy();
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).name;
}
