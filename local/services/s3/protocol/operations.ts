/** The operations of S3 on the wire: method, place in the path, and what marks them in the query or a header. */
import * as shapes from './shapes';
import type { XmlMembers } from './xml-shape';

export interface Operation {
  readonly action: string;
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly level: 'account' | 'bucket' | 'object';
  /** Parameters that the query must have; `name=value` when the value counts. */
  readonly query?: readonly string[];
  /** A header that the request must have. */
  readonly header?: string;
  /** XML in the request, for the member `as`, or for the input itself. */
  readonly xml?: { readonly members: XmlMembers; readonly as?: string };
  /** The body as it is, as this member. */
  readonly text?: string;
  readonly isUpload?: boolean;
  readonly statusCode?: number;
  /** XML in the answer, of the member `of`, or of the output itself. */
  readonly answer?: { readonly root: string; readonly members: XmlMembers; readonly of?: string };
}

type Method = Operation['method'];

const account = (method: Method, action: string, more: Partial<Operation> = {}): Operation => ({
  ...{ action, method, level: 'account' },
  ...more,
});
const bucket = (method: Method, action: string, query: string[], more: Partial<Operation> = {}): Operation => ({
  ...{ action, method, level: 'bucket', query },
  ...more,
});
const object = (method: Method, action: string, query: string[], more: Partial<Operation> = {}): Operation => ({
  ...{ action, method, level: 'object', query },
  ...more,
});
const noContent = { statusCode: 204 } as const;

/** The first that fits a request is meant. */
export const OPERATIONS: readonly Operation[] = [
  account('GET', 'ListBuckets', { answer: { root: 'ListAllMyBucketsResult', members: shapes.LIST_BUCKETS } }),

  bucket('GET', 'GetBucketLocation', ['location']),
  bucket('GET', 'GetBucketAcl', ['acl'], { answer: { root: 'AccessControlPolicy', members: shapes.ACL } }),
  bucket('GET', 'GetBucketLogging', ['logging'], { answer: { root: 'BucketLoggingStatus', members: {} } }),
  bucket('GET', 'GetBucketRequestPayment', ['requestPayment'], {
    answer: { root: 'RequestPaymentConfiguration', members: shapes.REQUEST_PAYMENT },
  }),
  bucket('GET', 'GetBucketAccelerateConfiguration', ['accelerate'], {
    answer: { root: 'AccelerateConfiguration', members: {} },
  }),
  bucket('GET', 'GetBucketWebsite', ['website']),
  bucket('GET', 'GetBucketReplication', ['replication']),
  bucket('GET', 'GetObjectLockConfiguration', ['object-lock']),
  bucket('GET', 'GetBucketVersioning', ['versioning'], {
    answer: { root: 'VersioningConfiguration', members: shapes.VERSIONING },
  }),
  bucket('PUT', 'PutBucketVersioning', ['versioning'], {
    xml: { as: 'VersioningConfiguration', members: shapes.VERSIONING },
  }),
  bucket('GET', 'GetBucketEncryption', ['encryption'], {
    answer: {
      root: 'ServerSideEncryptionConfiguration',
      members: shapes.ENCRYPTION,
      of: 'ServerSideEncryptionConfiguration',
    },
  }),
  bucket('PUT', 'PutBucketEncryption', ['encryption'], {
    xml: { as: 'ServerSideEncryptionConfiguration', members: shapes.ENCRYPTION },
  }),
  bucket('DELETE', 'DeleteBucketEncryption', ['encryption'], noContent),
  bucket('GET', 'GetBucketPolicy', ['policy']),
  bucket('PUT', 'PutBucketPolicy', ['policy'], { text: 'Policy', ...noContent }),
  bucket('DELETE', 'DeleteBucketPolicy', ['policy'], noContent),
  bucket('GET', 'GetBucketPolicyStatus', ['policyStatus'], {
    answer: { root: 'PolicyStatus', members: shapes.POLICY_STATUS, of: 'PolicyStatus' },
  }),
  bucket('GET', 'GetPublicAccessBlock', ['publicAccessBlock'], {
    answer: {
      root: 'PublicAccessBlockConfiguration',
      members: shapes.PUBLIC_ACCESS_BLOCK,
      of: 'PublicAccessBlockConfiguration',
    },
  }),
  bucket('PUT', 'PutPublicAccessBlock', ['publicAccessBlock'], {
    xml: { as: 'PublicAccessBlockConfiguration', members: shapes.PUBLIC_ACCESS_BLOCK },
  }),
  bucket('DELETE', 'DeletePublicAccessBlock', ['publicAccessBlock'], noContent),
  bucket('GET', 'GetBucketNotificationConfiguration', ['notification'], {
    answer: { root: 'NotificationConfiguration', members: shapes.NOTIFICATION },
  }),
  bucket('PUT', 'PutBucketNotificationConfiguration', ['notification'], {
    xml: { as: 'NotificationConfiguration', members: shapes.NOTIFICATION },
  }),
  bucket('GET', 'GetBucketLifecycleConfiguration', ['lifecycle'], {
    answer: { root: 'LifecycleConfiguration', members: shapes.LIFECYCLE },
  }),
  bucket('PUT', 'PutBucketLifecycleConfiguration', ['lifecycle'], {
    xml: { as: 'LifecycleConfiguration', members: shapes.LIFECYCLE },
  }),
  bucket('DELETE', 'DeleteBucketLifecycle', ['lifecycle'], noContent),
  bucket('GET', 'GetBucketTagging', ['tagging'], { answer: { root: 'Tagging', members: shapes.TAGGING } }),
  bucket('PUT', 'PutBucketTagging', ['tagging'], { xml: { as: 'Tagging', members: shapes.TAGGING }, ...noContent }),
  bucket('DELETE', 'DeleteBucketTagging', ['tagging'], noContent),
  bucket('GET', 'GetBucketOwnershipControls', ['ownershipControls'], {
    answer: { root: 'OwnershipControls', members: shapes.OWNERSHIP, of: 'OwnershipControls' },
  }),
  bucket('PUT', 'PutBucketOwnershipControls', ['ownershipControls'], {
    xml: { as: 'OwnershipControls', members: shapes.OWNERSHIP },
  }),
  bucket('GET', 'GetBucketCors', ['cors'], { answer: { root: 'CORSConfiguration', members: shapes.CORS } }),
  bucket('PUT', 'PutBucketCors', ['cors'], { xml: { as: 'CORSConfiguration', members: shapes.CORS } }),
  bucket('DELETE', 'DeleteBucketCors', ['cors'], noContent),
  bucket('GET', 'ListObjectVersions', ['versions'], {
    answer: { root: 'ListVersionsResult', members: shapes.LIST_VERSIONS },
  }),
  bucket('GET', 'ListMultipartUploads', ['uploads'], {
    answer: { root: 'ListMultipartUploadsResult', members: shapes.LIST_UPLOADS },
  }),
  bucket('POST', 'DeleteObjects', ['delete'], {
    xml: { as: 'Delete', members: shapes.DELETE },
    answer: { root: 'DeleteResult', members: shapes.DELETE_RESULT },
  }),
  bucket('GET', 'ListObjectsV2', ['list-type=2'], {
    answer: { root: 'ListBucketResult', members: shapes.LIST_OBJECTS_V2 },
  }),
  bucket('GET', 'ListObjects', [], { answer: { root: 'ListBucketResult', members: shapes.LIST_OBJECTS } }),
  bucket('HEAD', 'HeadBucket', []),
  bucket('PUT', 'CreateBucket', [], { xml: { as: 'CreateBucketConfiguration', members: shapes.CREATE_BUCKET } }),
  bucket('DELETE', 'DeleteBucket', [], noContent),

  object('GET', 'GetObjectAcl', ['acl'], { answer: { root: 'AccessControlPolicy', members: shapes.ACL } }),
  object('GET', 'GetObjectTagging', ['tagging'], { answer: { root: 'Tagging', members: shapes.TAGGING } }),
  object('PUT', 'PutObjectTagging', ['tagging'], { xml: { as: 'Tagging', members: shapes.TAGGING } }),
  object('DELETE', 'DeleteObjectTagging', ['tagging'], noContent),
  object('GET', 'GetObjectAttributes', ['attributes'], {
    answer: { root: 'GetObjectAttributesResponse', members: shapes.OBJECT_ATTRIBUTES },
  }),
  object('POST', 'CreateMultipartUpload', ['uploads'], {
    answer: { root: 'InitiateMultipartUploadResult', members: shapes.CREATED_UPLOAD },
  }),
  object('PUT', 'UploadPartCopy', ['partNumber', 'uploadId'], {
    header: 'x-amz-copy-source',
    answer: { root: 'CopyPartResult', members: shapes.COPY_RESULT, of: 'CopyPartResult' },
  }),
  object('PUT', 'UploadPart', ['partNumber', 'uploadId'], { isUpload: true }),
  object('POST', 'CompleteMultipartUpload', ['uploadId'], {
    xml: { as: 'MultipartUpload', members: shapes.COMPLETED_UPLOAD },
    answer: { root: 'CompleteMultipartUploadResult', members: shapes.COMPLETED_OBJECT },
  }),
  object('DELETE', 'AbortMultipartUpload', ['uploadId'], noContent),
  object('GET', 'ListParts', ['uploadId'], { answer: { root: 'ListPartsResult', members: shapes.LIST_PARTS } }),
  object('PUT', 'CopyObject', [], {
    header: 'x-amz-copy-source',
    answer: { root: 'CopyObjectResult', members: shapes.COPY_RESULT, of: 'CopyObjectResult' },
  }),
  object('PUT', 'PutObject', [], { isUpload: true }),
  object('GET', 'GetObject', []),
  object('HEAD', 'HeadObject', []),
  object('DELETE', 'DeleteObject', [], noContent),
];

/** Parameters that stand for a part of S3's interface; one that no operation here has is answered as not implemented. */
const SUBRESOURCES = new Set([
  ...['abac', 'accelerate', 'acl', 'analytics', 'annotation', 'attributes', 'cors', 'delete', 'encryption'],
  ...['intelligent-tiering', 'inventory', 'legal-hold', 'lifecycle', 'location', 'logging', 'metadataConfiguration'],
  ...['metadataInventoryTable', 'metadataJournalTable', 'metadataTable', 'metrics', 'notification', 'object-lock'],
  ...['ownershipControls', 'policy', 'policyStatus', 'publicAccessBlock', 'renameObject', 'replication'],
  ...['requestPayment', 'restore', 'retention', 'select', 'session', 'tagging', 'torrent', 'uploads', 'versioning'],
  ...['versions', 'website'],
]);

/** The operation of a request; undefined when there is none here. */
export function findOperation(
  method: string,
  level: Operation['level'],
  query: URLSearchParams,
  headers: Readonly<Record<string, string>>,
): Operation | undefined {
  const found = OPERATIONS.find(
    (operation) =>
      operation.method === method &&
      operation.level === level &&
      (operation.query ?? []).every((parameter) => hasParameter(query, parameter)) &&
      (operation.header === undefined || headers[operation.header] !== undefined),
  );
  const isMeant = [...query.keys()].every((name) => !SUBRESOURCES.has(name) || found?.query?.includes(name));
  return isMeant ? found : undefined;
}

function hasParameter(query: URLSearchParams, parameter: string): boolean {
  const [name = '', value] = parameter.split('=');
  return value === undefined ? query.has(name) : query.get(name) === value;
}
