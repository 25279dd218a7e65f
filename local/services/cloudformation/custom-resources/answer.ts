import { AwsError } from '../../../wire/aws-error';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
export interface CustomResourceAnswer {
  readonly Status: string;
  readonly Reason?: string;
  readonly PhysicalResourceId?: string;
  /** What `Fn::GetAtt` gives. */
  readonly Data?: Record<string, unknown>;
}

/** Reads an answer; one that is none counts as a failure, with AWS's reason. Throws EntityTooLarge over 4,096 bytes. */
export function readAnswer(body: Buffer): CustomResourceAnswer {
  if (body.length > 4096) {
    throw new AwsError('EntityTooLarge', 'Response object is too long.', 400);
  }
  try {
    const answer = JSON.parse(body.toString('utf8'));
    if (typeof answer?.Status === 'string') return answer;
  } catch {
    // Said below: there is no answer in it.
  }
  return { Status: 'FAILED', Reason: 'Invalid response object: it is not JSON with a Status' };
}
