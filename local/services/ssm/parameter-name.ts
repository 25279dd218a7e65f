/** Owns what parameters are called: what names there may be, and what a request may add to one. */
import { hierarchyTooDeep, reservedName, validationException } from './faults';

const LEVELS = 15;
const MOST_CHARACTERS = 1011;

/** A name as a request writes it: bare or as an ARN, with `:3` or `:label` at its end. */
export interface ParameterReference {
  readonly name: string;
  /** With its colon. */
  readonly selector?: string;
}

/** Reads a reference; the name is not checked. */
export function readReference(text: string): ParameterReference {
  const afterArn = text.startsWith('arn:') ? nameOfArn(text) : text;
  const colon = afterArn.indexOf(':');
  return colon < 0 ? { name: afterArn } : { name: afterArn.slice(0, colon), selector: afterArn.slice(colon) };
}

/** In an ARN every name begins with a slash; a name without any other one has none of its own. */
function nameOfArn(arn: string): string {
  return arn.slice(arn.indexOf(':parameter') + ':parameter'.length);
}

/**
 * The name of a parameter to be written. Throws ValidationException, AccessDeniedException, HierarchyLevelLimitExceededException.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export function checkName(text: string | undefined): string {
  const name = text?.trim();
  if (!name) throw validationException("Value null at 'name' failed to satisfy constraint: Member must not be null");
  const first = name.replace(/^\//, '').toLowerCase();
  if (first.startsWith('aws')) throw reservedName(name);
  const isPath = name.startsWith('/');
  if (first.startsWith('ssm') || !/^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(name)) {
    throw validationException(
      'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths ' +
        'divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
    );
  }
  if (!isPath && name.includes('/')) throw validationException('Parameter name must be a fully qualified name.');
  if (name.length > MOST_CHARACTERS)
    throw validationException(`Parameter name: has at most ${MOST_CHARACTERS} characters`);
  if (isPath && name.split('/').length - 1 > LEVELS) throw hierarchyTooDeep();
  return name;
}
