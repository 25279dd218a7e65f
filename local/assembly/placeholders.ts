import type { Environment } from './assembly';

/**
 * Fills the placeholders that the CDK leaves in manifests of environment-agnostic stacks, in every string of a JSON value.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/@aws-cdk_cx-api.EnvironmentPlaceholders.html
 */
export function fillPlaceholders<T>(value: T, environment: Environment): T {
  if (typeof value === 'string') {
    return value
      .replaceAll('${AWS::AccountId}', environment.accountId)
      .replaceAll('${AWS::Region}', environment.region)
      .replaceAll('${AWS::Partition}', 'aws') as T;
  }
  if (Array.isArray(value)) return value.map((item) => fillPlaceholders(item, environment)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillPlaceholders(item, environment)]),
  ) as T;
}
