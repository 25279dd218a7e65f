import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { abortMultipartUpload } from './actions/abort-multipart-upload';
import { getBucketAcl, getObjectAcl } from './actions/bucket-acl';
import { deleteBucketCors, getBucketCors, putBucketCors } from './actions/bucket-cors';
import {
  getBucketAccelerateConfiguration,
  getBucketLogging,
  getBucketReplication,
  getBucketRequestPayment,
  getBucketWebsite,
  getObjectLockConfiguration,
} from './actions/bucket-defaults';
import { deleteBucketEncryption, getBucketEncryption, putBucketEncryption } from './actions/bucket-encryption';
import {
  deleteBucketLifecycle,
  getBucketLifecycleConfiguration,
  putBucketLifecycleConfiguration,
} from './actions/bucket-lifecycle';
import { getBucketNotificationConfiguration, putBucketNotificationConfiguration } from './actions/bucket-notification';
import { getBucketOwnershipControls, putBucketOwnershipControls } from './actions/bucket-ownership';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from './actions/bucket-policy';
import { deleteBucketTagging, getBucketTagging, putBucketTagging } from './actions/bucket-tagging';
import { getBucketVersioning, putBucketVersioning } from './actions/bucket-versioning';
import { completeMultipartUpload } from './actions/complete-multipart-upload';
import { copyObject } from './actions/copy-object';
import { createBucket } from './actions/create-bucket';
import { createMultipartUpload } from './actions/create-multipart-upload';
import { deleteBucket } from './actions/delete-bucket';
import { deleteObject } from './actions/delete-object';
import { deleteObjects } from './actions/delete-objects';
import { getBucketLocation } from './actions/get-bucket-location';
import { getObject } from './actions/get-object';
import { getObjectAttributes } from './actions/get-object-attributes';
import { headBucket } from './actions/head-bucket';
import { headObject } from './actions/head-object';
import { listBuckets } from './actions/list-buckets';
import { listMultipartUploads } from './actions/list-multipart-uploads';
import { listObjectVersions } from './actions/list-object-versions';
import { listObjects } from './actions/list-objects';
import { listObjectsV2 } from './actions/list-objects-v2';
import { listParts } from './actions/list-parts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './actions/object-tagging';
import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from './actions/public-access-block';
import { putObject } from './actions/put-object';
import { uploadPart } from './actions/upload-part';
import { uploadPartCopy } from './actions/upload-part-copy';
import { s3Protocol } from './protocol/s3-protocol';
import { bucketResource } from './resources/bucket';
import { bucketPolicyResource } from './resources/bucket-policy';
import { S3 } from './s3';

/** S3 with general purpose buckets. See README.md for what differs from AWS. */
export function createS3Service(host: Host): Service {
  const s3 = new S3(host);
  return {
    name: 's3',
    protocols: [s3Protocol(s3)],
    actions: {
      AbortMultipartUpload: abortMultipartUpload(s3),
      CompleteMultipartUpload: completeMultipartUpload(s3),
      CopyObject: copyObject(s3),
      CreateBucket: createBucket(s3),
      CreateMultipartUpload: createMultipartUpload(s3),
      DeleteBucket: deleteBucket(s3),
      DeleteBucketCors: deleteBucketCors(s3),
      DeleteBucketEncryption: deleteBucketEncryption(s3),
      DeleteBucketLifecycle: deleteBucketLifecycle(s3),
      DeleteBucketPolicy: deleteBucketPolicy(s3),
      DeleteBucketTagging: deleteBucketTagging(s3),
      DeleteObject: deleteObject(s3),
      DeleteObjectTagging: deleteObjectTagging(s3),
      DeleteObjects: deleteObjects(s3),
      DeletePublicAccessBlock: deletePublicAccessBlock(s3),
      GetBucketAccelerateConfiguration: getBucketAccelerateConfiguration(s3),
      GetBucketAcl: getBucketAcl(s3),
      GetBucketCors: getBucketCors(s3),
      GetBucketEncryption: getBucketEncryption(s3),
      GetBucketLifecycleConfiguration: getBucketLifecycleConfiguration(s3),
      GetBucketLocation: getBucketLocation(s3),
      GetBucketLogging: getBucketLogging(s3),
      GetBucketNotificationConfiguration: getBucketNotificationConfiguration(s3),
      GetBucketOwnershipControls: getBucketOwnershipControls(s3),
      GetBucketPolicy: getBucketPolicy(s3),
      GetBucketPolicyStatus: getBucketPolicyStatus(s3),
      GetBucketReplication: getBucketReplication(s3),
      GetBucketRequestPayment: getBucketRequestPayment(s3),
      GetBucketTagging: getBucketTagging(s3),
      GetBucketVersioning: getBucketVersioning(s3),
      GetBucketWebsite: getBucketWebsite(s3),
      GetObject: getObject(s3),
      GetObjectAcl: getObjectAcl(s3),
      GetObjectAttributes: getObjectAttributes(s3),
      GetObjectLockConfiguration: getObjectLockConfiguration(s3),
      GetObjectTagging: getObjectTagging(s3),
      GetPublicAccessBlock: getPublicAccessBlock(s3),
      HeadBucket: headBucket(s3),
      HeadObject: headObject(s3),
      ListBuckets: listBuckets(s3),
      ListMultipartUploads: listMultipartUploads(s3),
      ListObjectVersions: listObjectVersions(s3),
      ListObjects: listObjects(s3),
      ListObjectsV2: listObjectsV2(s3),
      ListParts: listParts(s3),
      PutBucketCors: putBucketCors(s3),
      PutBucketEncryption: putBucketEncryption(s3),
      PutBucketLifecycleConfiguration: putBucketLifecycleConfiguration(s3),
      PutBucketNotificationConfiguration: putBucketNotificationConfiguration(s3),
      PutBucketOwnershipControls: putBucketOwnershipControls(s3),
      PutBucketPolicy: putBucketPolicy(s3),
      PutBucketTagging: putBucketTagging(s3),
      PutBucketVersioning: putBucketVersioning(s3),
      PutObject: putObject(s3),
      PutObjectTagging: putObjectTagging(s3),
      PutPublicAccessBlock: putPublicAccessBlock(s3),
      UploadPart: uploadPart(s3),
      UploadPartCopy: uploadPartCopy(s3),
    },
    resources: [bucketResource(s3), bucketPolicyResource(s3)],
    resourcePolicy: (arn) => s3.store.policyOf(arn),
    resume: () => s3.resume(),
    stop: () => s3.stop(),
  };
}
