import { DescribeContinuousBackupsCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetBucketEncryptionCommand, GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { atOnce } from '../../at-once';
import type { Aws } from '../aws';
import { type Check, forAll } from './check';
import { physicalIds } from './physical-ids';

const AT_ONCE = 8;

/** Tables of what is made again when it is lost: the cache of embeddings, the pace of the provider, the pauses of webhooks, and toys. */
const MADE_AGAIN = /(Embeddings|Pace|Breakers|Faults|ReceivedWebhooks)/;

const keptTables = (aws: Aws) =>
  physicalIds(aws, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').filter((name) => !MADE_AGAIN.test(name));

export const tablesRestorable: Check = {
  id: 'tables-restorable',
  line: 'every table can be restored to any second of the last days, but for what is made again when it is lost',
  async run(aws) {
    const backups = await atOnce(keptTables(aws), AT_ONCE, async (TableName) => {
      const { ContinuousBackupsDescription: found } = await aws.dynamodb.send(
        new DescribeContinuousBackupsCommand({ TableName }),
      );
      return { TableName, status: found?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus };
    });
    return forAll(backups, 'tables', ({ TableName, status }) =>
      status === 'ENABLED' ? undefined : `${TableName} is ${status}`,
    );
  },
};

export const tablesProtected: Check = {
  id: 'tables-protected',
  line: 'no table can be deleted by accident, but for what is made again when it is lost',
  async run(aws) {
    const found = await atOnce(keptTables(aws), AT_ONCE, async (TableName) => {
      const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName }));
      return { TableName, isProtected: Table?.DeletionProtectionEnabled };
    });
    return forAll(found, 'tables', ({ TableName, isProtected }) =>
      isProtected ? undefined : `${TableName} is not protected`,
    );
  },
};

export const bucketsClosed: Check = {
  id: 'buckets-closed',
  line: 'every bucket is encrypted and lets no public in',
  async run(aws) {
    const found = await atOnce(physicalIds(aws, 'AWS::S3::Bucket'), AT_ONCE, async (Bucket) => {
      const { PublicAccessBlockConfiguration: block = {} } = await aws.s3.send(
        new GetPublicAccessBlockCommand({ Bucket }),
      );
      const { ServerSideEncryptionConfiguration: encryption } = await aws.s3.send(
        new GetBucketEncryptionCommand({ Bucket }),
      );
      const isBlocked =
        block.BlockPublicAcls && block.BlockPublicPolicy && block.IgnorePublicAcls && block.RestrictPublicBuckets;
      return { Bucket, isBlocked, isEncrypted: (encryption?.Rules?.length ?? 0) > 0 };
    });
    return forAll(found, 'buckets', ({ Bucket, isBlocked, isEncrypted }) => {
      if (!isBlocked) return `${Bucket} does not block public access`;
      return isEncrypted ? undefined : `${Bucket} is not encrypted`;
    });
  },
};

export const queuesEncrypted: Check = {
  id: 'queues-encrypted',
  line: 'every queue is encrypted',
  async run(aws) {
    const found = await atOnce(physicalIds(aws, 'AWS::SQS::Queue'), AT_ONCE, async (QueueUrl) => {
      const { Attributes = {} } = await aws.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['SqsManagedSseEnabled', 'KmsMasterKeyId'] }),
      );
      return {
        QueueUrl,
        isEncrypted: Attributes.KmsMasterKeyId !== undefined || Attributes.SqsManagedSseEnabled === 'true',
      };
    });
    return forAll(found, 'queues', ({ QueueUrl, isEncrypted }) =>
      isEncrypted ? undefined : QueueUrl.split('/').pop(),
    );
  },
};
