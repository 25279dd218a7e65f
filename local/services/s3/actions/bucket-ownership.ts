import type { Action } from '../../../wire/service';
import { malformedXml, notConfigured } from '../faults';
import type { S3 } from '../s3';

const CONTROLS = new Set(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']);

interface PutInput {
  readonly Bucket: string;
  readonly OwnershipControls?: { readonly Rules?: readonly { readonly ObjectOwnership: string }[] };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html */
export function getBucketOwnershipControls(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetBucketOwnershipControls'),
    handle: (input) => {
      const { name, settings } = s3.bucket(input);
      if (!settings.ownership) {
        const message = 'The bucket ownership controls were not found';
        throw notConfigured('OwnershipControlsNotFoundError', message, name);
      }
      return { OwnershipControls: { Rules: [{ ObjectOwnership: settings.ownership }] } };
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
export function putBucketOwnershipControls(s3: S3): Action<PutInput> {
  return {
    access: s3.onBucket('PutBucketOwnershipControls'),
    handle: (input) => {
      const rules = input.OwnershipControls?.Rules ?? [];
      if (rules.length !== 1) throw malformedXml();
      checkOwnership(rules[0]!.ObjectOwnership);
      s3.store.set(s3.bucket(input), { ownership: rules[0]!.ObjectOwnership });
    },
  };
}

/** Throws MalformedXML for a control that S3 does not know. */
export function checkOwnership(control: string): void {
  if (!CONTROLS.has(control)) throw malformedXml();
}
