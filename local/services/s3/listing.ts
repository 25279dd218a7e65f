/** Owns pages of keys: prefix, delimiter, and where a page ends. */
import { invalidArgument } from './faults';
import { afterPrefix, indexOfKey } from './key-order';

const LIMIT = 1000;

/** What a listing asks for. */
export interface ListingRequest {
  readonly prefix: string;
  readonly delimiter: string;
  /** Keys up to and with this one are left out, and a group of that name with all it stands for. */
  readonly after: string;
  readonly limit: number;
}

/** Keys, and groups of keys that share the text up to the delimiter, in one order. */
export interface ListingPage {
  readonly keys: readonly string[];
  readonly groups: readonly string[];
  readonly isTruncated: boolean;
  /** The last key or group of the page. */
  readonly last: string;
}

/** One page of keys that are in order; `isListed` says which of them count. */
export function listPage(
  keys: readonly string[],
  { prefix, delimiter, after, limit }: ListingRequest,
  isListed: (key: string) => boolean,
): ListingPage {
  const page = { keys: [] as string[], groups: [] as string[], isTruncated: false, last: '' };
  let index = Math.max(indexOfKey(keys, prefix), after === '' ? 0 : indexOfKey(keys, after, true));
  if (after !== '' && groupOf(after, prefix, delimiter) === after) index = Math.max(index, afterGroup(keys, after));
  while (index < keys.length) {
    const key = keys[index]!;
    if (!key.startsWith(prefix)) break;
    if (!isListed(key)) {
      index++;
      continue;
    }
    if (page.keys.length + page.groups.length >= limit) {
      page.isTruncated = limit > 0;
      break;
    }
    const group = groupOf(key, prefix, delimiter);
    if (group === undefined) {
      page.keys.push(key);
      index++;
    } else {
      page.groups.push(group);
      index = afterGroup(keys, group);
    }
    page.last = group ?? key;
  }
  return page;
}

/** The group that a key falls into: its text up to the first delimiter after the prefix. */
function groupOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

function afterGroup(keys: readonly string[], group: string): number {
  const next = afterPrefix(group);
  return next === undefined ? keys.length : indexOfKey(keys, next);
}

/** How many entries a page has: at most 1000. Throws InvalidArgument for a negative number. */
export function readLimit(name: string, value: number | undefined): number {
  if (value === undefined) return LIMIT;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 0) {
    throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, value);
  }
  return Math.min(limit, LIMIT);
}

/** Encodes keys of an answer when the request wants it (`encoding-type=url`). Throws InvalidArgument for another encoding. */
export function keyEncoder(encodingType: string | undefined): (key: string) => string {
  if (encodingType === undefined || encodingType === '') return (key) => key;
  if (encodingType !== 'url') {
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
  }
  return (key) =>
    encodeURIComponent(key)
      .replaceAll('%2F', '/')
      .replaceAll('%20', '+')
      .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
