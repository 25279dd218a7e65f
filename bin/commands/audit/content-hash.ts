import { createHash } from 'node:crypto';

/**
 * SHA-256 in base64url of a JSON value with its members sorted by name. Written apart from the functions that make the
 * chain, so that what checks them shares no code with them.
 */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('base64url');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const names = Object.keys(value).sort();
  const members = names.flatMap((name) => {
    const member = (value as Record<string, unknown>)[name];
    return member === undefined ? [] : [`${JSON.stringify(name)}:${canonical(member)}`];
  });
  return `{${members.join(',')}}`;
}
