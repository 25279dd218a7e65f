/** Bodies of requests and answers. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
import type { XmlMembers, XmlShape } from './xml-shape';

const struct = (members: XmlMembers): XmlShape => ({ members });
const flat = (name: string, item: XmlShape): XmlShape => ({ flat: name, item });
const inside = (name: string, item: XmlShape): XmlShape => ({ inside: name, item });

const TAG = struct({ Key: 'text', Value: 'text' });
const OWNER_MEMBERS: XmlMembers = { DisplayName: 'text', ID: 'text' };
const OWNER = struct(OWNER_MEMBERS);
const CHECKSUMS: XmlMembers = {
  ChecksumCRC32: 'text',
  ChecksumCRC32C: 'text',
  ChecksumCRC64NVME: 'text',
  ChecksumSHA1: 'text',
  ChecksumSHA256: 'text',
};
const PREFIXES = flat('CommonPrefixes', struct({ Prefix: 'text' }));

export const TAGGING: XmlMembers = { TagSet: inside('Tag', TAG) };

const CANONICAL_USER = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"';

export const ACL: XmlMembers = {
  Owner: OWNER,
  Grants: {
    as: 'AccessControlList',
    shape: inside(
      'Grant',
      struct({ Grantee: { members: OWNER_MEMBERS, attributes: CANONICAL_USER }, Permission: 'text' }),
    ),
  },
};

export const REQUEST_PAYMENT: XmlMembers = { Payer: 'text' };

export const CREATE_BUCKET: XmlMembers = {
  LocationConstraint: 'text',
  Location: struct({ Type: 'text', Name: 'text' }),
  Bucket: struct({ DataRedundancy: 'text', Type: 'text' }),
  Tags: inside('Tag', TAG),
};

export const VERSIONING: XmlMembers = { Status: 'text', MfaDelete: 'text' };

export const ENCRYPTION: XmlMembers = {
  Rules: flat(
    'Rule',
    struct({
      ApplyServerSideEncryptionByDefault: struct({ SSEAlgorithm: 'text', KMSMasterKeyID: 'text' }),
      BucketKeyEnabled: 'boolean',
      BlockedEncryptionTypes: struct({ EncryptionType: flat('EncryptionType', 'text') }),
    }),
  ),
};

export const PUBLIC_ACCESS_BLOCK: XmlMembers = {
  BlockPublicAcls: 'boolean',
  IgnorePublicAcls: 'boolean',
  BlockPublicPolicy: 'boolean',
  RestrictPublicBuckets: 'boolean',
};

export const OWNERSHIP: XmlMembers = { Rules: flat('Rule', struct({ ObjectOwnership: 'text' })) };

export const POLICY_STATUS: XmlMembers = { IsPublic: 'boolean' };

const target = (member: string, element: string): XmlMembers => ({
  Id: 'text',
  [member]: { as: element, shape: 'text' },
  Events: flat('Event', 'text'),
  Filter: struct({
    Key: {
      as: 'S3Key',
      shape: struct({ FilterRules: flat('FilterRule', struct({ Name: 'text', Value: 'text' })) }),
    },
  }),
});

export const NOTIFICATION: XmlMembers = {
  TopicConfigurations: flat('TopicConfiguration', struct(target('TopicArn', 'Topic'))),
  QueueConfigurations: flat('QueueConfiguration', struct(target('QueueArn', 'Queue'))),
  LambdaFunctionConfigurations: flat(
    'CloudFunctionConfiguration',
    struct(target('LambdaFunctionArn', 'CloudFunction')),
  ),
  EventBridgeConfiguration: struct({}),
};

const FILTER: XmlMembers = {
  Prefix: 'text',
  Tag: TAG,
  ObjectSizeGreaterThan: 'number',
  ObjectSizeLessThan: 'number',
};

export const LIFECYCLE: XmlMembers = {
  Rules: flat(
    'Rule',
    struct({
      ID: 'text',
      Prefix: 'text',
      Filter: struct({
        ...FILTER,
        And: struct({
          Prefix: 'text',
          Tags: flat('Tag', TAG),
          ObjectSizeGreaterThan: 'number',
          ObjectSizeLessThan: 'number',
        }),
      }),
      Status: 'text',
      Expiration: struct({ Date: 'time', Days: 'number', ExpiredObjectDeleteMarker: 'boolean' }),
      Transitions: flat('Transition', struct({ Date: 'time', Days: 'number', StorageClass: 'text' })),
      NoncurrentVersionTransitions: flat(
        'NoncurrentVersionTransition',
        struct({ NoncurrentDays: 'number', NewerNoncurrentVersions: 'number', StorageClass: 'text' }),
      ),
      NoncurrentVersionExpiration: struct({ NoncurrentDays: 'number', NewerNoncurrentVersions: 'number' }),
      AbortIncompleteMultipartUpload: struct({ DaysAfterInitiation: 'number' }),
    }),
  ),
};

export const CORS: XmlMembers = {
  CORSRules: flat(
    'CORSRule',
    struct({
      ID: 'text',
      AllowedHeaders: flat('AllowedHeader', 'text'),
      AllowedMethods: flat('AllowedMethod', 'text'),
      AllowedOrigins: flat('AllowedOrigin', 'text'),
      ExposeHeaders: flat('ExposeHeader', 'text'),
      MaxAgeSeconds: 'number',
    }),
  ),
};

export const DELETE: XmlMembers = {
  Objects: flat(
    'Object',
    struct({ Key: 'text', VersionId: 'text', ETag: 'text', LastModifiedTime: 'text', Size: 'number' }),
  ),
  Quiet: 'boolean',
};

export const COMPLETED_UPLOAD: XmlMembers = {
  Parts: flat('Part', struct({ ETag: 'text', PartNumber: 'number', ...CHECKSUMS })),
};

export const LIST_BUCKETS: XmlMembers = {
  Owner: OWNER,
  Buckets: inside('Bucket', struct({ Name: 'text', CreationDate: 'time', BucketRegion: 'text', BucketArn: 'text' })),
  ContinuationToken: 'text',
  Prefix: 'text',
};

const OBJECT: XmlMembers = {
  Key: 'text',
  LastModified: 'time',
  ETag: 'text',
  ChecksumAlgorithm: flat('ChecksumAlgorithm', 'text'),
  ChecksumType: 'text',
  Size: 'number',
  StorageClass: 'text',
  Owner: OWNER,
};

export const LIST_OBJECTS: XmlMembers = {
  Name: 'text',
  Prefix: 'text',
  Marker: 'text',
  NextMarker: 'text',
  MaxKeys: 'number',
  Delimiter: 'text',
  IsTruncated: 'boolean',
  EncodingType: 'text',
  Contents: flat('Contents', struct(OBJECT)),
  CommonPrefixes: PREFIXES,
};

export const LIST_OBJECTS_V2: XmlMembers = {
  Name: 'text',
  Prefix: 'text',
  StartAfter: 'text',
  ContinuationToken: 'text',
  NextContinuationToken: 'text',
  KeyCount: 'number',
  MaxKeys: 'number',
  Delimiter: 'text',
  IsTruncated: 'boolean',
  EncodingType: 'text',
  Contents: flat('Contents', struct(OBJECT)),
  CommonPrefixes: PREFIXES,
};

const VERSION: XmlMembers = { ...OBJECT, VersionId: 'text', IsLatest: 'boolean' };

export const LIST_VERSIONS: XmlMembers = {
  Name: 'text',
  Prefix: 'text',
  KeyMarker: 'text',
  VersionIdMarker: 'text',
  NextKeyMarker: 'text',
  NextVersionIdMarker: 'text',
  MaxKeys: 'number',
  Delimiter: 'text',
  EncodingType: 'text',
  IsTruncated: 'boolean',
  Versions: flat('Version', struct(VERSION)),
  DeleteMarkers: flat(
    'DeleteMarker',
    struct({ Key: 'text', VersionId: 'text', IsLatest: 'boolean', LastModified: 'time', Owner: OWNER }),
  ),
  CommonPrefixes: PREFIXES,
};

export const COPY_RESULT: XmlMembers = { LastModified: 'time', ETag: 'text', ChecksumType: 'text', ...CHECKSUMS };

export const DELETE_RESULT: XmlMembers = {
  Deleted: flat(
    'Deleted',
    struct({ Key: 'text', VersionId: 'text', DeleteMarker: 'boolean', DeleteMarkerVersionId: 'text' }),
  ),
  Errors: flat('Error', struct({ Key: 'text', VersionId: 'text', Code: 'text', Message: 'text' })),
};

export const CREATED_UPLOAD: XmlMembers = { Bucket: 'text', Key: 'text', UploadId: 'text' };

export const COMPLETED_OBJECT: XmlMembers = {
  Location: 'text',
  Bucket: 'text',
  Key: 'text',
  ETag: 'text',
  ChecksumType: 'text',
  ...CHECKSUMS,
};

export const LIST_PARTS: XmlMembers = {
  Bucket: 'text',
  Key: 'text',
  UploadId: 'text',
  Initiator: OWNER,
  Owner: OWNER,
  StorageClass: 'text',
  PartNumberMarker: 'text',
  NextPartNumberMarker: 'text',
  MaxParts: 'number',
  IsTruncated: 'boolean',
  ChecksumAlgorithm: 'text',
  ChecksumType: 'text',
  Parts: flat(
    'Part',
    struct({ PartNumber: 'number', LastModified: 'time', ETag: 'text', Size: 'number', ...CHECKSUMS }),
  ),
};

export const LIST_UPLOADS: XmlMembers = {
  Bucket: 'text',
  KeyMarker: 'text',
  UploadIdMarker: 'text',
  NextKeyMarker: 'text',
  NextUploadIdMarker: 'text',
  Delimiter: 'text',
  Prefix: 'text',
  MaxUploads: 'number',
  IsTruncated: 'boolean',
  EncodingType: 'text',
  Uploads: flat(
    'Upload',
    struct({
      Key: 'text',
      UploadId: 'text',
      Initiator: OWNER,
      Owner: OWNER,
      StorageClass: 'text',
      Initiated: 'time',
      ChecksumAlgorithm: 'text',
      ChecksumType: 'text',
    }),
  ),
  CommonPrefixes: PREFIXES,
};

export const OBJECT_ATTRIBUTES: XmlMembers = {
  ETag: 'text',
  Checksum: struct({ ...CHECKSUMS, ChecksumType: 'text' }),
  ObjectParts: struct({
    TotalPartsCount: { as: 'PartsCount', shape: 'number' },
    PartNumberMarker: 'text',
    NextPartNumberMarker: 'text',
    MaxParts: 'number',
    IsTruncated: 'boolean',
    Parts: flat('Part', struct({ PartNumber: 'number', Size: 'number', ...CHECKSUMS })),
  }),
  StorageClass: 'text',
  ObjectSize: 'number',
};
