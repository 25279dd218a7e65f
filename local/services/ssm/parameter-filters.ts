/** Which parameters a list is asked for. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
import { invalidFilterKey, invalidFilterOption, validationException } from './faults';
import type { Parameter } from './model';
import { latest } from './store';

/** As the API writes it. */
export interface ParameterFilter {
  readonly Key?: string;
  readonly Option?: string;
  readonly Values?: readonly string[];
}

/** Whether a parameter passes all filters; `keys` are those that the operation takes. */
export function passesFilters(
  parameter: Parameter,
  filters: readonly ParameterFilter[],
  keys: readonly string[],
): boolean {
  return filters.every((filter) => passes(parameter, filter, keys));
}

function passes(
  parameter: Parameter,
  { Key: key = '', Option: option, Values: values = [] }: ParameterFilter,
  keys: readonly string[],
) {
  const tag = key.startsWith('tag:') ? key.slice('tag:'.length) : undefined;
  if (!keys.includes(tag === undefined ? key : 'tag:')) throw invalidFilterKey(key);
  if (tag !== undefined) {
    const value = parameter.tags[tag];
    return value !== undefined && (values.length === 0 || values.includes(value));
  }
  if (values.length === 0) throw validationException(`The filter ${key} needs Values.`);
  if (key === 'Path') return values.some((path) => isBelow(parameter.name, path, option === 'Recursive'));
  const version = latest(parameter);
  switch (key) {
    case 'Name':
      return values.some((value) => compares(parameter.name, value, option));
    case 'Type':
      return values.some((value) => compares(version.type, value, option));
    case 'KeyId':
      return values.some((value) => compares(version.keyId ?? '', value, option));
    case 'Tier':
      return values.includes(version.tier);
    case 'DataType':
      return values.includes(version.dataType);
    default:
      return parameter.versions.some(({ labels }) => labels.some((label) => values.includes(label)));
  }
}

function compares(text: string, value: string, option = 'Equals'): boolean {
  switch (option) {
    case 'Equals':
      return text === value || text === `/${value}`;
    case 'BeginsWith':
      return text.startsWith(value) || text.startsWith(`/${value}`);
    case 'Contains':
      return text.includes(value);
    default:
      throw invalidFilterOption(option);
  }
}

/** Whether a name stands below a path, at any depth or right under it. */
export function isBelow(name: string, path: string, isRecursive: boolean): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const full = name.startsWith('/') ? name : `/${name}`;
  if (!full.startsWith(prefix)) return false;
  return isRecursive || !full.slice(prefix.length).includes('/');
}
