import { isFields, type Scope } from '../definition-tree';
import { type Diagnostic, schemaError } from '../diagnostic';
import { isIntrinsicCall } from '../intrinsic-syntax';

const PATH_FIELDS = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
] as const;
/** Paths that name a single place. */
const REFERENCE_PATHS: ReadonlySet<string> = new Set(['ResultPath', 'ItemsPath', 'MaxConcurrencyPath']);
/** A path or a call of an intrinsic function. */
const TEXT_FIELDS = ['ErrorPath', 'CausePath'] as const;
const TEMPLATE_FIELDS = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign', 'Credentials'] as const;

/** Paths begin with `$`; template members named `….$` hold a path or an intrinsic function. */
export function paths(scope: Scope): Diagnostic[] {
  return scope.states.flatMap(({ fields, location, language }) => {
    if (language === 'JSONata') return [];
    const found: Diagnostic[] = [];
    for (const field of PATH_FIELDS) {
      const value = fields[field];
      if (value === undefined || value === null) continue;
      if (typeof value !== 'string' || !value.startsWith('$')) {
        found.push(schemaError(`${location}/${field}`, 'Value must be a valid JSONPath.'));
      } else if (REFERENCE_PATHS.has(field)) found.push(...referencePath(value, `${location}/${field}`));
    }
    for (const field of TEXT_FIELDS) {
      const value = fields[field];
      if (value === undefined || (typeof value === 'string' && (value.startsWith('$') || isIntrinsicCall(value))))
        continue;
      found.push(schemaError(`${location}/${field}`, 'Value must be a valid JSONPath.'));
    }
    for (const field of TEMPLATE_FIELDS) found.push(...template(fields[field], `${location}/${field}`));
    const { Catch: catchers } = fields;
    if (Array.isArray(catchers)) {
      catchers.forEach((catcher, index) => {
        if (!isFields(catcher)) return;
        const place = `${location}/Catch[${index}]`;
        found.push(...template(catcher.Assign, `${place}/Assign`));
        if (typeof catcher.ResultPath === 'string')
          found.push(...referencePath(catcher.ResultPath, `${place}/ResultPath`));
      });
    }
    return found;
  });
}

/** Wildcards, filters and deep scans name many places; only ItemsPath reads from the context object. */
function referencePath(path: string, place: string): Diagnostic[] {
  const isContext = path.startsWith('$$') && place.endsWith('/MaxConcurrencyPath');
  const bare = path.replace(/'[^']*'|"[^"]*"/g, '');
  if (!isContext && !/[*?@]|\.\./.test(bare)) return [];
  return [schemaError(place, 'Value is not a Reference Path')];
}

function template(value: unknown, place: string): Diagnostic[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => template(item, `${place}[${index}]`));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (!name.endsWith('.$')) return template(member, `${place}/${name}`);
    if (typeof member === 'string' && (member.startsWith('$') || isIntrinsicCall(member))) return [];
    return [
      schemaError(
        place,
        `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`,
      ),
    ];
  });
}
