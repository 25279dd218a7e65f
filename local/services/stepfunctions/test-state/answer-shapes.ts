import type { Shape } from './answer-shape';

type Members = Readonly<Record<string, Shape>>;

const list = (shape: Shape): Shape => ({ listOf: shape });
const map = (shape: Shape): Shape => ({ mapOf: shape });
const structure = (members: Members): Shape => ({ members });
const values = (...known: string[]): Shape => ({ values: known });

const CAPACITY: Members = { CapacityUnits: 'number', ReadCapacityUnits: 'number', WriteCapacityUnits: 'number' };
const CONSUMED_CAPACITY = structure({
  TableName: 'string',
  ...CAPACITY,
  Table: structure(CAPACITY),
  LocalSecondaryIndexes: map(structure(CAPACITY)),
  GlobalSecondaryIndexes: map(structure(CAPACITY)),
});

/** An attribute value; the members of lists and maps are values again, checked by the service and not here. */
const ATTRIBUTE = structure({
  S: 'string',
  N: 'string',
  B: 'string',
  SS: list('string'),
  NS: list('string'),
  BS: list('string'),
  M: map('any'),
  L: list('any'),
  NULL: 'boolean',
  BOOL: 'boolean',
});
const COLLECTION_METRICS = structure({ ItemCollectionKey: map(ATTRIBUTE), SizeEstimateRangeGB: list('number') });

const DYNAMODB: Readonly<Record<string, Members>> = {
  getitem: { Item: map(ATTRIBUTE), ConsumedCapacity: CONSUMED_CAPACITY },
  putitem: {
    Attributes: map(ATTRIBUTE),
    ConsumedCapacity: CONSUMED_CAPACITY,
    ItemCollectionMetrics: COLLECTION_METRICS,
  },
  updateitem: {
    Attributes: map(ATTRIBUTE),
    ConsumedCapacity: CONSUMED_CAPACITY,
    ItemCollectionMetrics: COLLECTION_METRICS,
  },
  deleteitem: {
    Attributes: map(ATTRIBUTE),
    ConsumedCapacity: CONSUMED_CAPACITY,
    ItemCollectionMetrics: COLLECTION_METRICS,
  },
  query: {
    Items: list(map(ATTRIBUTE)),
    Count: 'number',
    ScannedCount: 'number',
    LastEvaluatedKey: map(ATTRIBUTE),
    ConsumedCapacity: CONSUMED_CAPACITY,
  },
  scan: {
    Items: list(map(ATTRIBUTE)),
    Count: 'number',
    ScannedCount: 'number',
    LastEvaluatedKey: map(ATTRIBUTE),
    ConsumedCapacity: CONSUMED_CAPACITY,
  },
  transactwriteitems: {
    ConsumedCapacity: list(CONSUMED_CAPACITY),
    ItemCollectionMetrics: map(list(COLLECTION_METRICS)),
  },
};

const LAMBDA: Members = {
  StatusCode: 'number',
  FunctionError: 'string',
  LogResult: 'string',
  Payload: 'any',
  ExecutedVersion: { minLength: 1 },
};
const SEND_MESSAGE: Members = {
  MD5OfMessageBody: 'string',
  MD5OfMessageAttributes: 'string',
  MD5OfMessageSystemAttributes: 'string',
  MessageId: 'string',
  SequenceNumber: 'string',
};
const PUT_EVENTS: Members = {
  FailedEntryCount: 'number',
  Entries: list(structure({ EventId: 'string', ErrorCode: 'string', ErrorMessage: 'string' })),
};
const STORAGE_CLASS = values(
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'OUTPOSTS',
  'GLACIER_IR',
  'SNOW',
  'EXPRESS_ONEZONE',
);
const ENCRYPTION = values('AES256', 'aws:fsx', 'aws:kms', 'aws:kms:dsse');

const S3: Readonly<Record<string, Members>> = {
  getobject: {
    AcceptRanges: 'string',
    Body: 'string',
    BucketKeyEnabled: 'boolean',
    CacheControl: 'string',
    ContentDisposition: 'string',
    ContentEncoding: 'string',
    ContentLanguage: 'string',
    ContentLength: 'number',
    ContentRange: 'string',
    ContentType: 'string',
    DeleteMarker: 'boolean',
    ETag: 'string',
    Metadata: map('string'),
    MissingMeta: 'number',
    PartsCount: 'number',
    ServerSideEncryption: ENCRYPTION,
    StorageClass: STORAGE_CLASS,
    TagCount: 'number',
    VersionId: 'string',
  },
  putobject: {
    BucketKeyEnabled: 'boolean',
    ETag: 'string',
    Expiration: 'string',
    ServerSideEncryption: ENCRYPTION,
    Size: 'number',
    VersionId: 'string',
  },
  listobjectsv2: {
    CommonPrefixes: list(structure({ Prefix: 'string' })),
    Contents: list(structure({ ETag: 'string', Key: { minLength: 1 }, Size: 'number', StorageClass: STORAGE_CLASS })),
    ContinuationToken: 'string',
    IsTruncated: 'boolean',
    KeyCount: 'number',
    MaxKeys: 'number',
    Name: 'string',
    NextContinuationToken: 'string',
    Prefix: 'string',
  },
};

const KMS_ALGORITHM = values('SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE');

const CIPHERTEXT = { minLength: 1, maxLength: 6144 };
const PLAINTEXT = { minLength: 1, maxLength: 4096 };
const KEY_ID = { minLength: 1, maxLength: 2048 };

const KMS: Readonly<Record<string, Members>> = {
  encrypt: { CiphertextBlob: CIPHERTEXT, EncryptionAlgorithm: KMS_ALGORITHM, KeyId: KEY_ID },
  decrypt: { EncryptionAlgorithm: KMS_ALGORITHM, KeyId: KEY_ID, Plaintext: PLAINTEXT },
  generatedatakey: { CiphertextBlob: CIPHERTEXT, KeyId: KEY_ID, Plaintext: PLAINTEXT },
};

const SECRET: Members = {
  ARN: { minLength: 20 },
  CreatedDate: 'any',
  Name: { minLength: 1 },
  SecretBinary: { minLength: 1 },
  SecretString: { minLength: 1 },
  VersionId: { minLength: 32 },
  VersionStages: list('string'),
};

const EXECUTION_STARTED: Shape = {
  members: { ExecutionArn: { minLength: 1, maxLength: 256 }, StartDate: 'any' },
  required: ['ExecutionArn', 'StartDate'],
};

/** What `.sync` gives is the answer of the API that it polls: DescribeExecution. */
const EXECUTION_ENDED: Shape = {
  members: {
    ExecutionArn: { minLength: 1, maxLength: 256 },
    StateMachineArn: { minLength: 1, maxLength: 256 },
    Name: { minLength: 1, maxLength: 80 },
    Status: values('RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'),
    StartDate: 'any',
    StopDate: 'any',
  },
  required: ['ExecutionArn', 'StateMachineArn', 'Status', 'StartDate'],
};

/**
 * The answers of the APIs whose mocked results are checked, by service and action in lower case, as the services'
 * API references have them.
 */
export const ANSWERS: Readonly<Record<string, Shape>> = {
  ...under('dynamodb', DYNAMODB),
  ...under('s3', S3),
  ...under('kms', KMS),
  'events:putevents': structure(PUT_EVENTS),
  'eventbridge:putevents': structure(PUT_EVENTS),
  'lambda:invoke': structure(LAMBDA),
  'secretsmanager:getsecretvalue': structure(SECRET),
  'sns:publish': structure({ MessageId: 'string', SequenceNumber: 'string' }),
  'sqs:sendmessage': structure(SEND_MESSAGE),
  'states:startexecution': EXECUTION_STARTED,
  'states:startexecution.sync': EXECUTION_ENDED,
  'sfn:startexecution': EXECUTION_STARTED,
};

function under(service: string, actions: Readonly<Record<string, Members>>): Record<string, Shape> {
  return Object.fromEntries(
    Object.entries(actions).map(([action, members]) => [`${service}:${action}`, structure(members)]),
  );
}
