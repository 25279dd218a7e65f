import { intrinsicName } from '../../assembly/intrinsics';
import type { PropertySpec } from '../../wire/resource-provider';

/**
 * The paths of properties that a spec does not name, such as `Code.ImageUri` or `Targets.0.EcsParameters`. Of `Fn::If` the
 * branch that is taken is read.
 */
export function unsupportedPaths(
  properties: unknown,
  spec: PropertySpec,
  conditions: Readonly<Record<string, boolean>> = {},
  path = '',
): string[] {
  if (Array.isArray(properties)) {
    return properties.flatMap((item, index) => unsupportedPaths(item, spec, conditions, `${path}${index}.`));
  }
  if (properties === null || typeof properties !== 'object') return [];
  const name = intrinsicName(properties);
  if (name === 'Fn::If') {
    const [condition, whenTrue, whenFalse] = (properties as Record<string, any>)[name];
    return unsupportedPaths(conditions[condition] ? whenTrue : whenFalse, spec, conditions, path);
  }
  // What another function gives is known only once it is resolved; the resolved properties are checked again.
  if (name) return [];
  return Object.entries(properties).flatMap(([property, value]) => {
    const entry = Object.hasOwn(spec, property) ? spec[property] : undefined;
    if (!entry) return [`${path}${property}`];
    const members = typeof entry === 'object' && 'members' in entry ? entry.members : undefined;
    return members ? unsupportedPaths(value, members, conditions, `${path}${property}.`) : [];
  });
}

/**
 * Properties with texts turned into the number or boolean that the spec asks for, as CloudFormation does; a text that is
 * neither is left for the provider to refuse.
 */
export function coerceProperties(properties: any, spec: PropertySpec): any {
  if (Array.isArray(properties)) return properties.map((item) => coerceProperties(item, spec));
  if (properties === null || typeof properties !== 'object') return properties;
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const entry = spec[name];
      if (entry === 'number') return [name, toNumber(value)];
      if (entry === 'boolean') return [name, toBoolean(value)];
      return [name, typeof entry === 'object' && 'members' in entry ? coerceProperties(value, entry.members) : value];
    }),
  );
}

function toNumber(value: unknown): unknown {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}

function toBoolean(value: unknown): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}
