import { badRequest } from './faults';
import type { Mailbox } from './model';

const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;

/** An address takes at most 320 characters, its name included. */
const LIMIT_ADDRESS_LENGTH = 320;

/**
 * Reads `orders@example.com` or `"Orders, Inc." <orders@example.com>`. Throws BadRequestException, in the words of the
 * mail library that SES answers with.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html
 */
export function parseMailbox(text: unknown): Mailbox {
  if (typeof text !== 'string' || text.trim() === '') throw badRequest('Illegal address');
  if (CONTROL.test(text)) throw badRequest('Local address contains control or whitespace');
  if (text.length > LIMIT_ADDRESS_LENGTH) throw badRequest('Address length is more than 320 characters long');
  const named = /^(.*)<([^<>]*)>$/.exec(text.trim());
  if (!named) return { address: checkAddress(text.trim()) };
  const displayName = unquote(named[1]!.trim());
  const address = checkAddress(named[2]!);
  return displayName ? { displayName, address } : { address };
}

/** Whether a name of an identity is an address; a domain otherwise. */
export function isAddress(name: string): boolean {
  return name.includes('@');
}

export function isDomain(name: string): boolean {
  return DOMAIN.test(name) && name.includes('.');
}

/** The address as SES compares it: domains are the same in any case, local parts are not. */
export function canonical(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function checkAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0) throw badRequest("Missing final '@domain'");
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (local === '') throw badRequest('Missing local name');
  if (domain === '') throw badRequest('Missing domain');
  if (/\s/.test(local)) throw badRequest('Local address contains control or whitespace');
  if (/\s/.test(domain)) throw badRequest('Domain contains control or whitespace');
  if (!LOCAL_PART.test(local)) throw badRequest('Local address contains illegal character');
  if (!DOMAIN.test(domain)) throw badRequest('Domain contains illegal character');
  return address;
}

function unquote(name: string): string {
  const quoted = /^"(.*)"$/.exec(name);
  return quoted ? quoted[1]!.replace(/\\(.)/g, '$1') : name;
}
