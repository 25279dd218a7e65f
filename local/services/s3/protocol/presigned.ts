import { AwsError } from '../../../wire/aws-error';

const ONLY_VERSION_4 = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';
const LONGEST_SECONDS = 7 * 24 * 3600;

/**
 * Throws AccessDenied once a presigned URL has expired by the kernel's clock, AuthorizationQueryParametersError for one whose times
 * cannot be read, InvalidRequest for one of Signature Version 2, which buckets made since June 2020 do not take. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function checkPresigned(query: URLSearchParams, nowMs: number): void {
  if (query.has('AWSAccessKeyId') && query.has('Signature')) throw new AwsError('InvalidRequest', ONLY_VERSION_4, 400);
  if (!query.has('X-Amz-Signature') && !query.has('X-Amz-Credential')) return;
  const expires = query.get('X-Amz-Expires') ?? '';
  if (!/^\d+$/.test(expires)) throw parametersError('X-Amz-Expires should be a number');
  const seconds = Number(expires);
  if (seconds > LONGEST_SECONDS) {
    throw parametersError(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  }
  const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '');
  if (!date) throw parametersError("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = date.slice(1).map(Number);
  const untilMs = Date.UTC(year, month - 1, day, hour, minute, second) + seconds * 1000;
  if (nowMs <= untilMs) return;
  throw new AwsError('AccessDenied', 'Request has expired', 403, {
    'X-Amz-Expires': seconds,
    Expires: wholeSeconds(untilMs),
    ServerTime: wholeSeconds(nowMs),
  });
}

function wholeSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function parametersError(message: string): AwsError {
  return new AwsError('AuthorizationQueryParametersError', message, 400);
}
