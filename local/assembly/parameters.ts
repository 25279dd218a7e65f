import { AssemblyError } from './assembly-error';
import type { Template, TemplateParameter } from './template';

/** A parameter's value as `Ref` gives it: a string, or a list of strings for the list types. */
export type ParameterValue = string | string[];

/** Looks a parameter of SSM up; rejects when there is none. */
export type ReadSsmParameter = (name: string) => Promise<string>;

const SSM_VALUE = /^AWS::SSM::Parameter::Value<(.+)>$/;

/**
 * The values of a template's parameters, given ones before defaults.
 * Throws AssemblyError in CloudFormation's words for a missing, unknown or disallowed one.
 */
export async function resolveParameters(
  template: Template,
  given: Readonly<Record<string, string>>,
  readSsmParameter: ReadSsmParameter,
): Promise<Record<string, ParameterValue>> {
  const declared = template.Parameters ?? {};
  const unknown = Object.keys(given).filter((name) => !declared[name]);
  if (unknown.length > 0) {
    throw new AssemblyError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  const missing = Object.keys(declared).filter(
    (name) => given[name] === undefined && declared[name]!.Default === undefined,
  );
  if (missing.length > 0) throw new AssemblyError(`Parameters: [${missing.join(', ')}] must have values`);
  const values: Record<string, ParameterValue> = {};
  for (const [name, parameter] of Object.entries(declared)) {
    const text = String(given[name] ?? parameter.Default);
    const ssmType = SSM_VALUE.exec(parameter.Type)?.[1];
    values[name] = ssmType
      ? typed(await readSsmParameter(text), ssmType)
      : checked(name, typed(text, parameter.Type), parameter);
  }
  return values;
}

function typed(text: string, type: string): ParameterValue {
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  return isList ? (text === '' ? [] : text.split(',').map((item) => item.trim())) : text;
}

function checked(name: string, value: ParameterValue, parameter: TemplateParameter): ParameterValue {
  const isNumeric = /Number/.test(parameter.Type);
  for (const item of Array.isArray(value) ? value : [value]) {
    const fault = faultOf(item, parameter, isNumeric);
    if (!fault) continue;
    const shown = parameter.NoEcho ? '****' : JSON.stringify(item);
    const reason = parameter.ConstraintDescription ?? fault;
    throw new AssemblyError(`Parameter '${name}' failed to satisfy constraint: ${reason} (value ${shown})`);
  }
  return value;
}

function faultOf(item: string, parameter: TemplateParameter, isNumeric: boolean): string | undefined {
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = parameter;
  if (isNumeric && (item.trim() === '' || Number.isNaN(Number(item)))) return 'must be a number';
  if (AllowedValues && !AllowedValues.map(String).includes(item)) {
    return `Member must satisfy enum value set: [${AllowedValues.join(', ')}]`;
  }
  if (AllowedPattern && !new RegExp(`^(?:${AllowedPattern})$`).test(item)) {
    return `Member must satisfy regular expression pattern: ${AllowedPattern}`;
  }
  if (MinLength !== undefined && item.length < Number(MinLength)) return `must have length of at least ${MinLength}`;
  if (MaxLength !== undefined && item.length > Number(MaxLength)) return `must have length of at most ${MaxLength}`;
  if (MinValue !== undefined && Number(item) < Number(MinValue)) return `must be at least ${MinValue}`;
  if (MaxValue !== undefined && Number(item) > Number(MaxValue)) return `must be at most ${MaxValue}`;
  return undefined;
}
