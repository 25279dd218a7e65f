import { tagError } from './faults';

/** A tag as the API writes it. */
export interface TagEntry {
  readonly TagKey?: string;
  readonly TagValue?: string;
}

const LIMIT_TAGS = 50;

/** Tags as a record. Throws TagException. */
export function readTags(entries: readonly TagEntry[] = []): Record<string, string> {
  for (const { TagKey, TagValue } of entries) {
    if (!TagKey || TagKey.length > 128 || typeof TagValue !== 'string' || TagValue.length > 256) {
      throw tagError('A tag has a key of 1 to 128 characters and a value of up to 256.');
    }
    if (TagKey.startsWith('aws:')) throw tagError('Tags beginning with aws: are reserved.');
  }
  return checkTagCount(Object.fromEntries(entries.map(({ TagKey, TagValue }) => [TagKey!, TagValue!])));
}

export function checkTagCount(tags: Record<string, string>): Record<string, string> {
  if (Object.keys(tags).length > LIMIT_TAGS) throw tagError('Too many tags');
  return tags;
}
