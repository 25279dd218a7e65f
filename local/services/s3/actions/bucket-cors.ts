import type { Action } from '../../../wire/service';
import { invalidRequest, malformedXml, notConfigured } from '../faults';
import type { S3 } from '../s3';

const METHODS = new Set(['GET', 'PUT', 'HEAD', 'POST', 'DELETE']);

interface CorsRule {
  readonly AllowedMethods?: readonly string[];
  readonly AllowedOrigins?: readonly string[];
  readonly [other: string]: unknown;
}

interface PutInput {
  readonly Bucket: string;
  readonly CORSConfiguration?: { readonly CORSRules?: readonly CorsRule[] };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export function getBucketCors(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetBucketCORS'),
    handle: (input) => {
      const { name, settings } = s3.bucket(input);
      if (!settings.cors) throw notConfigured('NoSuchCORSConfiguration', 'The CORS configuration does not exist', name);
      return { CORSRules: settings.cors };
    },
  };
}

/** Kept and given back. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export function putBucketCors(s3: S3): Action<PutInput> {
  return {
    access: s3.onBucket('PutBucketCORS'),
    handle: (input) => {
      s3.store.set(s3.bucket(input), { cors: checkCors(input.CORSConfiguration?.CORSRules) });
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html */
export function deleteBucketCors(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('PutBucketCORS'),
    handle: (input) => {
      s3.store.set(s3.bucket(input), { cors: undefined });
    },
  };
}

/** Throws MalformedXML, InvalidRequest. */
export function checkCors(rules: readonly CorsRule[] | undefined): readonly object[] {
  if (!rules || rules.length === 0 || rules.length > 100) throw malformedXml();
  for (const { AllowedMethods = [], AllowedOrigins = [] } of rules) {
    if (AllowedMethods.length === 0 || AllowedOrigins.length === 0) throw malformedXml();
    const unknown = AllowedMethods.find((method) => !METHODS.has(method));
    if (unknown !== undefined) {
      throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`);
    }
  }
  return rules;
}
