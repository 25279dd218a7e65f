/** Which secrets a list is asked for. https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_search-secret.html */
import { invalidParameter } from './faults';
import type { Secret } from './model';

/** As the API writes it: any of the values, an exclamation mark before a value for all but it. */
export interface SecretFilter {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

/** Values match from their beginning; names, descriptions and all together in either case. */
const READERS: Readonly<Record<string, (secret: Secret) => readonly string[]>> = {
  name: ({ name }) => [name],
  description: ({ description = '' }) => description.split(/\s+/),
  'tag-key': ({ tags }) => Object.keys(tags),
  'tag-value': ({ tags }) => Object.values(tags),
  'primary-region': () => [],
  'owning-service': () => [],
  all: ({ name, description = '', tags }) => [
    ...[name, ...name.split(/[^A-Za-z0-9]+/), ...description.split(/\s+/)],
    ...Object.keys(tags),
    ...Object.values(tags),
  ],
};
const CASE_SENSITIVE = ['tag-key', 'tag-value'];

/** Throws InvalidParameterException for a filter that there is not. */
export function passesFilters(secret: Secret, filters: readonly SecretFilter[] = []): boolean {
  return filters.every(({ Key: key = '', Values: values = [] }) => {
    const read = READERS[key];
    if (!read || values.length === 0) throw invalidParameter(`The filter ${key} is not valid.`);
    const fold = (text: string) => (CASE_SENSITIVE.includes(key) ? text : text.toLowerCase());
    const texts = read(secret).map(fold);
    const begins = (value: string) => texts.some((text) => text.startsWith(fold(value)));
    return values.some((value) => (value.startsWith('!') ? !begins(value.slice(1)) : begins(value)));
  });
}
