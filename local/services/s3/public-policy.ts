/** Whether a bucket policy makes a bucket public. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */

/** Condition keys that, with fixed values, keep strangers out. */
const NARROWING = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

const OPEN_VALUE = /^(\*|0\.0\.0\.0\/0|::\/0)$/;

/** True when a statement allows everybody something, with no condition that names who. */
export function isPublicPolicy(document: object): boolean {
  const { Statement } = document as { Statement?: unknown };
  const statements = (Array.isArray(Statement) ? Statement : [Statement]) as Record<string, any>[];
  return statements.some(
    (statement) => statement?.Effect === 'Allow' && isEverybody(statement) && !isNarrowed(statement.Condition),
  );
}

function isEverybody({ Principal, NotPrincipal }: Record<string, any>): boolean {
  if (NotPrincipal !== undefined) return true;
  const names = Principal === '*' ? ['*'] : [Principal?.AWS ?? []].flat();
  return names.includes('*');
}

function isNarrowed(conditions: Record<string, Record<string, unknown>> | undefined): boolean {
  return Object.entries(conditions ?? {}).some(
    ([operator, keys]) =>
      /^(ForAnyValue:)?(String|Arn|IpAddress)/.test(operator) &&
      !/Not|IfExists/.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) => NARROWING.has(key.toLowerCase()) && ![values].flat().some((v) => OPEN_VALUE.test(String(v))),
      ),
  );
}
