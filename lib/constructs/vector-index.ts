import { Fn, RemovalPolicy } from 'aws-cdk-lib';
import { CfnIndex, CfnVectorBucket } from 'aws-cdk-lib/aws-s3vectors';
import { Construct } from 'constructs';

/** What an index is made of. Every change makes another index, without vectors. */
export interface VectorIndexProps {
  /** Numbers in a vector: what the model gives. */
  readonly dimensions: number;
  /** Metadata that a query returns and cannot filter by; everything else can be filtered by. At most 10. */
  readonly unfilteredKeys: readonly string[];
  /** What becomes of bucket and index when the stack is deleted. */
  readonly onDelete: 'retain' | 'destroy';
}

/**
 * An S3 vector bucket with one index of 32-bit vectors, compared by cosine. Neither has a physical name; the API wants
 * names, which stand in the ARNs: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-access-management.html
 */
export class VectorIndex extends Construct {
  readonly bucketName: string;
  readonly indexName: string;
  readonly indexArn: string;

  constructor(scope: Construct, id: string, props: VectorIndexProps) {
    super(scope, id);
    const removalPolicy = props.onDelete === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const bucket = new CfnVectorBucket(this, 'VectorBucket', { encryptionConfiguration: { sseType: 'AES256' } });
    const index = new CfnIndex(this, 'Index', {
      vectorBucketArn: bucket.attrVectorBucketArn,
      dataType: 'float32',
      dimension: props.dimensions,
      distanceMetric: 'cosine',
      metadataConfiguration: { nonFilterableMetadataKeys: [...props.unfilteredKeys] },
    });
    bucket.applyRemovalPolicy(removalPolicy);
    index.applyRemovalPolicy(removalPolicy);
    // arn:aws:s3vectors:REGION:ACCOUNT:bucket/BUCKET/index/INDEX
    this.indexArn = index.attrIndexArn;
    this.bucketName = Fn.select(1, Fn.split('/', this.indexArn));
    this.indexName = Fn.select(3, Fn.split('/', this.indexArn));
  }
}
