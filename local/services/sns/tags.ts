import { invalidParameter, tooManyTags } from './faults';

const LIMIT = 50;

/** The tags of a topic with others beside them. Throws InvalidParameter, TagLimitExceeded. */
export function checkTags(
  present: Readonly<Record<string, string>>,
  added: readonly { readonly Key?: string; readonly Value?: string }[] = [],
): Record<string, string> {
  for (const { Key, Value = '' } of added) {
    if (!Key || Key.length > 128 || Value.length > 256 || Key.startsWith('aws:')) throw invalidParameter('Tags');
  }
  const tags = { ...present, ...Object.fromEntries(added.map(({ Key, Value = '' }) => [Key!, Value])) };
  if (Object.keys(tags).length > LIMIT) throw tooManyTags();
  return tags;
}

/** Tags as the API lists them. */
export function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
