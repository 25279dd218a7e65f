import { lengthBetween, required } from './constraints';
import { validation } from './faults';

/** The most tags of a bucket or an index. */
const MOST_TAGS = 50;

/** Tags as they are kept, added to those that there are. Throws ValidationException. */
export function addTags(
  before: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(added ?? {})) {
    lengthBetween('/tags', key, 1, 128);
    required('/tags', value);
    lengthBetween('/tags', value, 0, 256);
    if (key.toLowerCase().startsWith('aws:')) throw validation('System tags cannot be added or updated', 'tags');
  }
  const tags = { ...before, ...added };
  if (Object.keys(tags).length > MOST_TAGS) throw validation(`A resource has ${MOST_TAGS} tags at most`, 'tags');
  return tags;
}

/** Tags of a CloudFormation resource, as the API has them. */
export function tagsOfTemplate(
  tags: readonly { readonly Key: string; readonly Value: string }[] = [],
): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
