import { tooManyTags, validationException } from './faults';

/** A tag as the API writes it. */
export interface TagEntry {
  readonly Key?: string;
  readonly Value?: string;
}

const LIMIT = 50;

/** The tags of a parameter with others beside them. Throws ValidationException, TooManyTagsError. */
export function readTags(present: Readonly<Record<string, string>>, added: readonly TagEntry[] = []) {
  for (const { Key, Value = '' } of added) {
    if (!Key || Key.length > 128 || Value.length > 256 || Key.startsWith('aws:')) {
      throw validationException(`The tag ${Key} is not valid.`);
    }
  }
  const tags = { ...present, ...Object.fromEntries(added.map(({ Key, Value = '' }) => [Key!, Value])) };
  if (Object.keys(tags).length > LIMIT) throw tooManyTags();
  return tags;
}

export function tagList(tags: Readonly<Record<string, string>>): TagEntry[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
