/** Errors of S3 in AWS's words. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
import { AwsError } from '../../wire/aws-error';

const bad = (code: string, message: string, details: Record<string, unknown> = {}) =>
  new AwsError(code, message, 400, details);

export function noSuchBucket(BucketName: string): AwsError {
  return new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName });
}

export function noSuchKey(Key: string): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key });
}

export function noSuchVersion(Key: string, VersionId: string): AwsError {
  return new AwsError('NoSuchVersion', 'The specified version does not exist.', 404, { Key, VersionId });
}

export function noSuchUpload(UploadId: string): AwsError {
  const message =
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.';
  return new AwsError('NoSuchUpload', message, 404, { UploadId });
}

/** A configuration of a bucket that was never put: `NoSuchBucketPolicy`, `NoSuchTagSet`. */
export function notConfigured(code: string, message: string, BucketName: string): AwsError {
  return new AwsError(code, message, 404, { BucketName });
}

export function bucketAlreadyOwnedByYou(BucketName: string): AwsError {
  const message = 'Your previous request to create the named bucket succeeded and you already own it.';
  return new AwsError('BucketAlreadyOwnedByYou', message, 409, { BucketName });
}

export function bucketNotEmpty(BucketName: string): AwsError {
  return new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, { BucketName });
}

export function invalidBucketName(BucketName: string): AwsError {
  return bad('InvalidBucketName', 'The specified bucket is not valid.', { BucketName });
}

export function invalidArgument(message: string, ArgumentName: string, ArgumentValue: unknown): AwsError {
  return bad('InvalidArgument', message, { ArgumentName, ArgumentValue: String(ArgumentValue) });
}

export function invalidRequest(message: string): AwsError {
  return bad('InvalidRequest', message);
}

export function invalidTag(message: string): AwsError {
  return bad('InvalidTag', message);
}

export function malformedXml(): AwsError {
  return bad(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

export function malformedPolicy(message: string): AwsError {
  return bad('MalformedPolicy', message);
}

export function keyTooLong(bytes: number, limit: number): AwsError {
  return bad('KeyTooLongError', 'Your key is too long', { Size: bytes, MaxSizeAllowed: limit });
}

export function metadataTooLarge(bytes: number, limit: number): AwsError {
  return bad('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
    Size: bytes,
    MaxSizeAllowed: limit,
  });
}

export function entityTooLarge(MaxSizeAllowed: number): AwsError {
  return bad('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', { MaxSizeAllowed });
}

export function entityTooSmall(PartNumber: number, ETag: string, ProposedSize: number): AwsError {
  return bad('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    ProposedSize,
    MinSizeAllowed: 5 * 1024 * 1024,
    PartNumber,
    ETag,
  });
}

export function incompleteBody(): AwsError {
  return bad('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');
}

export function requestTimeout(): AwsError {
  return bad(
    'RequestTimeout',
    'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.',
  );
}

export function badDigest(what: string, other: string): AwsError {
  return bad('BadDigest', `The ${what} you specified did not match ${other}.`);
}

export function invalidDigest(): AwsError {
  return bad('InvalidDigest', 'The Content-MD5 you specified was invalid.');
}

export function invalidPart(UploadId: string, PartNumber: number, ETag: string): AwsError {
  const message =
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
  return bad('InvalidPart', message, { UploadId, PartNumber, ETag });
}

export function invalidPartOrder(UploadId: string): AwsError {
  const message = 'The list of parts was not in ascending order. Parts must be ordered by part number.';
  return bad('InvalidPartOrder', message, { UploadId });
}

export function invalidPartNumber(PartNumberRequested: number, ActualPartCount: number): AwsError {
  return new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {
    PartNumberRequested,
    ActualPartCount,
  });
}

export function invalidRange(RangeRequested: string, ActualObjectSize: number): AwsError {
  return new AwsError('InvalidRange', 'The requested range is not satisfiable', 416, {
    RangeRequested,
    ActualObjectSize,
  });
}

export function preconditionFailed(Condition: string): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition,
  });
}

/** Answered without a body. */
export function notModified(headers: Record<string, string>): AwsError {
  return new AwsError('NotModified', 'Not Modified', 304, { headers });
}

/** The version that a request means is a delete marker. */
export function methodNotAllowed(Method: string, ResourceType: string, headers?: Record<string, string>): AwsError {
  return new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
    Method,
    ResourceType,
    headers,
  });
}

export function accessDenied(message = 'Access Denied'): AwsError {
  return new AwsError('AccessDenied', message, 403);
}

export function aclNotSupported(): AwsError {
  return bad('AccessControlListNotSupported', 'The bucket does not allow ACLs');
}

export function notImplemented(message: string): AwsError {
  return new AwsError('NotImplemented', message, 501);
}
