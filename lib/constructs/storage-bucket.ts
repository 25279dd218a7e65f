import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { TaskFunction } from './task-function';

/** What a bucket is made of. */
export interface StorageBucketProps {
  /** What becomes of the bucket when the stack is deleted. One that still holds objects cannot be deleted. */
  readonly onDelete: 'retain' | 'destroy';
  /** Keeps earlier versions for so many days. @default - objects have one version */
  readonly keepVersionsDays?: number;
  /** Deletes objects after so many days. @default - they stay */
  readonly expireDays?: number;
  /** Tells EventBridge of every object that is created or deleted. @default false */
  readonly hasEvents?: boolean;
}

/** A bucket that nobody outside the account sees: encrypted, TLS only, uploads that were never completed deleted after a day. */
export class StorageBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: StorageBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      versioned: props.keepVersionsDays !== undefined,
      lifecycleRules: lifecycleRules(props),
      removalPolicy: props.onDelete === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (props.hasEvents) this.sendEvents();
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Who reads and writes is recorded by CloudTrail data events, where an account wants to pay for them.',
    });
  }

  /** The name, for the environment of functions and the definitions of workflows. */
  get name(): string {
    return this.bucket.bucketName;
  }

  /** The ARN, for exact grants on the bucket. */
  get arn(): string {
    return this.bucket.bucketArn;
  }

  /** Lets a function do something with all objects whose keys begin so. */
  allow(task: TaskFunction, actions: readonly string[], prefix = ''): void {
    task.allow(actions, this.objects(prefix));
    task.acknowledgeWildcard(this.objects(prefix), 'Objects of one bucket, whose keys are not known beforehand.');
  }

  /** The ARN of all objects whose keys begin so, for exact grants. */
  objects(prefix = ''): string {
    return `${this.arn}/${prefix}*`;
  }

  /** CDK's `eventBridgeEnabled` makes a custom resource, a Python function, of what CloudFormation can do itself. */
  private sendEvents(): void {
    const bucket = this.bucket.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}

function lifecycleRules({ keepVersionsDays, expireDays }: StorageBucketProps): LifecycleRule[] {
  return [
    { id: 'uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ...(keepVersionsDays === undefined
      ? []
      : [
          {
            id: 'versions',
            noncurrentVersionExpiration: Duration.days(keepVersionsDays),
            expiredObjectDeleteMarker: true,
          },
        ]),
    ...(expireDays === undefined ? [] : [{ id: 'expiry', expiration: Duration.days(expireDays) }]),
  ];
}
