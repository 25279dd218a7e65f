import { isIP } from 'node:net';
import { DocumentRefused } from '../../contracts/errors';
import { FETCH_LIMITS } from './fetch-limits';

/** Names that never lead to the public internet. https://www.iana.org/assignments/special-use-domain-names */
const INNER_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|test|invalid|onion|home\.arpa)$/;

/**
 * An address that may be fetched: http or https on the usual port, a name with a dot or a literal address, no
 * credentials. The URL parser has turned decimal, octal, hexadecimal and short forms of IPv4 into the usual one. Throws DocumentRefused.
 */
export function checkedUrl(text: string, base?: URL): URL {
  if (text.length > FETCH_LIMITS.addressCharacters) throw new DocumentRefused('The address is too long.');
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    throw new DocumentRefused('The file holds no valid address.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new DocumentRefused('Only http and https addresses are fetched.');
  }
  if (base?.protocol === 'https:' && url.protocol === 'http:') {
    throw new DocumentRefused('The address redirects from https to http.');
  }
  if (url.username || url.password)
    throw new DocumentRefused('An address with a user name or password is not fetched.');
  if (url.port !== '') throw new DocumentRefused('Only the usual ports of http and https are fetched from.');
  const name = hostOf(url).replace(/\.$/, '');
  if (!isIP(name) && (!name.includes('.') || INNER_NAMES.test(name))) {
    throw new DocumentRefused('The address is not one of the public internet.');
  }
  return url;
}

/** The host without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
