import type { Json } from '../../../engine/contract';

/** Members with the first letter in upper case, as SDK integrations show answers of camelCase APIs. */
export function toPascalCase(value: Json): Json {
  return rename(value, (key) => key.charAt(0).toUpperCase() + key.slice(1));
}

/** Members with the first letter in lower case, for APIs whose members are written so. */
export function toCamelCase(value: Json): Json {
  return rename(value, (key) => key.charAt(0).toLowerCase() + key.slice(1));
}

function rename(value: Json, to: (key: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => rename(item, to));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [to(key), rename(member, to)]));
}

const TIME_MEMBER = /(?:Date|Time|DateTime|Timestamp|Modified)$/;

/**
 * An answer as JSON can hold it: bytes become text, and points in time, which APIs give as seconds since the epoch,
 * become ISO strings as the SDK for Java 2 prints them.
 */
export function toJson(value: unknown, key = ''): Json {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map((item) => toJson(item));
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
    return Object.fromEntries(members.map(([name, member]) => [name, toJson(member, name)]));
  }
  if (typeof value === 'number' && TIME_MEMBER.test(key) && value > 1e8 && value < 1e11) {
    return new Date(Math.round(value * 1000)).toISOString();
  }
  return value as Json;
}
