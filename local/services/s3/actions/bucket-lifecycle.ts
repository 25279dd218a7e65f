import type { Action } from '../../../wire/service';
import { invalidArgument, invalidRequest, malformedXml, notConfigured } from '../faults';
import type { LifecycleRule } from '../model';
import type { S3 } from '../s3';

const LIMIT_RULES = 1000;

interface PutInput {
  readonly Bucket: string;
  readonly LifecycleConfiguration?: { readonly Rules?: readonly LifecycleRule[] };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export function getBucketLifecycleConfiguration(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetLifecycleConfiguration'),
    handle: (input) => {
      const { name, settings } = s3.bucket(input);
      if (!settings.lifecycle) {
        throw notConfigured('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', name);
      }
      return { Rules: settings.lifecycle };
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export function putBucketLifecycleConfiguration(s3: S3): Action<PutInput> {
  return {
    access: s3.onBucket('PutLifecycleConfiguration'),
    handle: (input) => {
      const bucket = s3.bucket(input);
      s3.store.set(bucket, { lifecycle: checkLifecycle(s3, input.LifecycleConfiguration?.Rules) });
      s3.lifecycle.changed(bucket);
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html */
export function deleteBucketLifecycle(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('PutLifecycleConfiguration'),
    handle: (input) => {
      s3.store.set(s3.bucket(input), { lifecycle: undefined });
    },
  };
}

/** Rules with an id each. Throws MalformedXML, InvalidRequest, InvalidArgument. */
export function checkLifecycle(s3: S3, rules: readonly LifecycleRule[] | undefined): readonly LifecycleRule[] {
  if (!rules || rules.length === 0 || rules.length > LIMIT_RULES) throw malformedXml();
  const named = rules.map((rule) => ({ ...rule, ID: rule.ID ?? s3.host.kernel.random.uuid() }));
  if (new Set(named.map(({ ID }) => ID)).size < named.length) {
    throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule', 'ID', '');
  }
  for (const rule of named) checkRule(rule);
  return named;
}

function checkRule(rule: LifecycleRule): void {
  if (rule.Status !== 'Enabled' && rule.Status !== 'Disabled') throw malformedXml();
  const { Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  const actions = [
    Expiration,
    NoncurrentVersionExpiration,
    AbortIncompleteMultipartUpload,
    rule.Transitions,
    rule.NoncurrentVersionTransitions,
  ];
  if (actions.every((action) => action === undefined)) {
    throw invalidRequest('At least one action needs to be specified in a rule');
  }
  const days: [string, unknown][] = [
    ['Days', Expiration?.Days],
    ['NoncurrentDays', NoncurrentVersionExpiration?.NoncurrentDays],
    ['DaysAfterInitiation', AbortIncompleteMultipartUpload?.DaysAfterInitiation],
  ];
  for (const [name, value] of days) {
    if (value !== undefined && !(Number(value) > 0)) {
      throw invalidArgument(`'${name}' for the action must be a positive integer`, name, value);
    }
  }
  const { Date: date } = Expiration ?? {};
  if (date !== undefined && new Date(date).getTime() % (24 * 3600 * 1000) !== 0) {
    throw invalidArgument("'Date' must be at midnight GMT", 'Date', date);
  }
}
