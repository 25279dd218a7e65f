/** How requests name a vector bucket or an index: by names, or by an ARN, never by both. */
import { checkBucketName, checkIndexName } from './constraints';
import { validation } from './faults';

/** What requests on a bucket name it by. */
export interface BucketAddress {
  readonly vectorBucketName?: string;
  readonly vectorBucketArn?: string;
}

/** What requests on an index name it by. */
export interface IndexAddress {
  readonly vectorBucketName?: string;
  readonly indexName?: string;
  readonly indexArn?: string;
}

/** Throws ValidationException unless exactly one of name and ARN is given. */
export function bucketNameOf({ vectorBucketName: name, vectorBucketArn: arn }: BucketAddress): string {
  if ((name === undefined) === (arn === undefined)) {
    throw validation('Must specify either vectorBucketName or vectorBucketArn but not both');
  }
  if (arn === undefined) {
    checkBucketName(name);
    return name;
  }
  const { bucketName, indexName } = readArn(arn);
  if (bucketName === undefined || indexName !== undefined) throw validation('Invalid vector bucket ARN');
  return bucketName;
}

/** Throws ValidationException unless either the ARN or both names are given. */
export function indexNamesOf(address: IndexAddress): { bucketName: string; indexName: string } {
  const { vectorBucketName, indexName, indexArn } = address;
  const hasNames = vectorBucketName !== undefined && indexName !== undefined;
  const hasSomeName = vectorBucketName !== undefined || indexName !== undefined;
  if (indexArn === undefined ? !hasNames : hasSomeName) {
    throw validation('Must specify either indexArn or both vectorBucketName and indexName');
  }
  if (indexArn === undefined) {
    checkBucketName(vectorBucketName);
    checkIndexName(indexName);
    return { bucketName: vectorBucketName, indexName };
  }
  const found = readArn(indexArn);
  if (found.bucketName === undefined || found.indexName === undefined) throw validation('Invalid index ARN');
  return { bucketName: found.bucketName, indexName: found.indexName };
}

/** The names in an ARN of a bucket or an index; none when it is no such ARN. */
export function readArn(arn: string): { bucketName?: string; indexName?: string } {
  const match = /^arn:aws[-a-z0-9]*:s3vectors:[a-z0-9-]+:\d{12}:bucket\/([^/]+)(?:\/index\/([^/]+))?$/.exec(arn);
  return { bucketName: match?.[1], indexName: match?.[2] };
}
