import { invalidParameter, validationFailed } from './faults';
import type { FunctionAlias } from './model';
import type { LambdaStore } from './store';

/** What an alias may be made of, in the shape of the API. */
export interface AliasSettings {
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description?: string;
  readonly RoutingConfig?: { readonly AdditionalVersionWeights?: Readonly<Record<string, number>> };
}

const NAME = /^(?!\d+$)[a-zA-Z0-9-_]{1,128}$/;
const VERSION = /^(\$LATEST|\d+)$/;

/**
 * Settings checked: versions that exist, at most one further version with a weight between 0 and 1, published ones only.
 * Throws ValidationException, InvalidParameterValueException, ResourceNotFoundException.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 */
export function readAlias(
  store: LambdaStore,
  functionName: string,
  settings: AliasSettings,
  RevisionId: string,
): FunctionAlias {
  const { Name, FunctionVersion, Description = '' } = settings;
  if (typeof Name !== 'string' || !NAME.test(Name)) {
    const pattern = 'Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)';
    throw validationFailed('name', Name, pattern);
  }
  checkVersion(store, functionName, FunctionVersion);
  const AdditionalVersionWeights = { ...settings.RoutingConfig?.AdditionalVersionWeights };
  const further = Object.entries(AdditionalVersionWeights);
  if (further.length > 1) {
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1');
  }
  for (const [version, weight] of further) checkRouting(store, functionName, FunctionVersion, version, weight);
  return { Name, FunctionVersion, Description, AdditionalVersionWeights, RevisionId };
}

function checkVersion(store: LambdaStore, functionName: string, version: unknown): void {
  if (typeof version !== 'string' || !VERSION.test(version)) {
    const pattern = 'Member must satisfy regular expression pattern: (\\$LATEST|[0-9]+)';
    throw validationFailed('functionVersion', version, pattern);
  }
  store.resolve({ functionName, qualifier: version });
}

function checkRouting(store: LambdaStore, functionName: string, main: string, further: string, weight: unknown): void {
  if (main === '$LATEST' || further === '$LATEST') {
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
  }
  if (main === further) {
    throw invalidParameter(
      `Invalid function version ${further}. Function version ${main} is already the alias's version.`,
    );
  }
  checkVersion(store, functionName, further);
  if (typeof weight !== 'number' || !(weight >= 0 && weight <= 1)) {
    throw validationFailed(
      'routingConfig.additionalVersionWeights',
      weight,
      'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0]',
    );
  }
}
