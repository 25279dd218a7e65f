/** Owns what makes a version of a parameter: what values there may be, and what becomes of the oldest versions. */
import {
  invalidPattern,
  oldestIsLabelled,
  parameterAlreadyExists,
  patternMismatch,
  typeMismatch,
  unsupportedType,
  validationException,
} from './faults';
import type { Parameter, ParameterType, ParameterVersion } from './model';
import { latest } from './store';

/** What a version is made from; what is left out stays as it was, save the description. */
export interface VersionInput {
  readonly Value?: string;
  readonly Type?: string;
  readonly Description?: string;
  readonly KeyId?: string;
  readonly AllowedPattern?: string;
  readonly DataType?: string;
  readonly Tier?: string;
  readonly Policies?: string;
}

/** A version that is checked and lacks what the store adds. */
export type CheckedVersion = Omit<ParameterVersion, 'version' | 'labels' | 'changedAtMs' | 'changedBy'>;

const TYPES: readonly string[] = ['String', 'StringList', 'SecureString'];
const LIMIT_CHARACTERS = { Standard: 4096, Advanced: 8192 };
const LIMIT_VERSIONS = 100;

/** Throws what PutParameter throws for a value that is not taken. */
export function checkVersion(input: VersionInput, before: Parameter | undefined, isOverwrite: boolean): CheckedVersion {
  if (before && !isOverwrite) throw parameterAlreadyExists();
  const previous = before && latest(before);
  const type = checkType(input.Type, previous);
  const value = checkValue(input.Value, type);
  const tier = checkTier(input.Tier, value, previous);
  if (value.length > LIMIT_CHARACTERS[tier]) throw validationException(tooLong(tier));
  const allowedPattern = input.AllowedPattern ?? previous?.allowedPattern;
  if (allowedPattern) checkPattern(allowedPattern, value);
  if (input.Policies && input.Policies !== '[]') throw validationException('Parameter policies are not emulated.');
  const dataType = input.DataType ?? previous?.dataType ?? 'text';
  if (!['text', 'aws:ec2:image'].includes(dataType)) {
    throw validationException(
      `The following data type is not supported: ${dataType} (Data type names are all lowercase.)`,
    );
  }
  if (input.KeyId !== undefined && type !== 'SecureString') {
    throw validationException('KeyId is required for SecureString type parameter only.');
  }
  return { type, value, tier, allowedPattern, dataType, description: input.Description };
}

/** The parameter with one more version. Throws ParameterMaxVersionLimitExceeded. */
export function withVersion(
  name: string,
  before: Parameter | undefined,
  checked: CheckedVersion,
  changedAtMs: number,
  changedBy: string,
): Parameter {
  const version = (before ? latest(before).version : 0) + 1;
  const versions = [...(before?.versions ?? []), { ...checked, version, labels: [], changedAtMs, changedBy }];
  if (versions.length <= LIMIT_VERSIONS) return { name, versions, tags: before?.tags ?? {} };
  const [oldest, ...rest] = versions;
  if (oldest!.labels.length > 0) throw oldestIsLabelled(name, oldest!.version);
  return { name, versions: rest, tags: before?.tags ?? {} };
}

function checkType(given: string | undefined, previous: ParameterVersion | undefined): ParameterType {
  const type = given ?? previous?.type;
  if (type === undefined) throw validationException('A parameter type is required when you create a parameter.');
  if (!TYPES.includes(type)) throw unsupportedType(type);
  if (previous && previous.type !== type) throw typeMismatch();
  return type as ParameterType;
}

function checkValue(value: string | undefined, type: ParameterType): string {
  if (typeof value !== 'string' || value === '') {
    throw validationException(
      `1 validation error detected: Value '${value ?? ''}' at 'value' failed to satisfy constraint: ` +
        'Member must have length greater than or equal to 1.',
    );
  }
  if (/\{\{.*\}\}/.test(value)) {
    throw validationException('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.');
  }
  if (type === 'StringList' && value.split(',').some((item) => item === '')) {
    throw validationException('The items of a StringList must not be empty.');
  }
  return value;
}

function checkTier(given: string | undefined, value: string, previous: ParameterVersion | undefined) {
  const isAdvanced = previous?.tier === 'Advanced';
  if (given === 'Standard' && isAdvanced) {
    throw validationException(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to " +
        'the standard-parameter tier.',
    );
  }
  if (given !== undefined && !['Standard', 'Advanced', 'Intelligent-Tiering'].includes(given)) {
    throw validationException(`The tier ${given} is not one of Standard, Advanced, Intelligent-Tiering.`);
  }
  const needsAdvanced = given === 'Intelligent-Tiering' && value.length > LIMIT_CHARACTERS.Standard;
  return given === 'Advanced' || isAdvanced || needsAdvanced ? 'Advanced' : 'Standard';
}

function checkPattern(pattern: string, value: string): void {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern);
  } catch {
    throw invalidPattern(pattern);
  }
  if (!expression.test(value)) throw patternMismatch(pattern);
}

function tooLong(tier: 'Standard' | 'Advanced'): string {
  const limit = `${tier} tier parameters support a maximum parameter value of ${LIMIT_CHARACTERS[tier]} characters.`;
  return tier === 'Advanced'
    ? limit
    : `${limit} To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more ` +
        'information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html';
}
