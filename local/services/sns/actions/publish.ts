import type { Action } from '../../../wire/service';
import { readTopicArn } from '../addresses';
import { invalidParameter } from '../faults';
import { type PublicationInput, type PublicationResult, publishTo } from '../publication';
import type { Sns } from '../sns';
import { checkKeyUse } from '../topic-encryption';

interface PublishInput extends PublicationInput {
  readonly TopicArn?: string;
  /** Another name for TopicArn; it may also name a device, which is not emulated. */
  readonly TargetArn?: string;
  readonly PhoneNumber?: string;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function publish(sns: Sns): Action<PublishInput, PublicationResult> {
  return {
    access: (input, { caller }) => [sns.access('Publish', targetOf(input), caller)],
    handle: (input, { caller, traceHeader }) => {
      const topic = sns.topicOf(targetOf(input));
      if (!topic.attributes.KmsMasterKeyId) return publishTo(sns, topic, input, traceHeader);
      const publishNow = () => publishTo(sns, sns.topicOf(topic.arn), input, traceHeader);
      return checkKeyUse(sns.host, topic, caller).then(publishNow);
    },
  };
}

function targetOf({ TopicArn, TargetArn, PhoneNumber }: PublishInput): string {
  if (PhoneNumber !== undefined) throw invalidParameter('PhoneNumber Reason: text messages are not emulated');
  if (TopicArn === undefined && TargetArn === undefined) {
    throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
  }
  return readTopicArn(TopicArn ?? TargetArn);
}
