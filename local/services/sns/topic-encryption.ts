/**
 * Owns what SNS asks of KMS for a topic with a KMS key: the publisher's right to make a data key and to decrypt it. The
 * messages themselves lie in the memory of this process as they came.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
import { AwsError } from '../../wire/aws-error';
import { type Caller, onBehalfOf } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { kmsFault } from './faults';
import type { Topic } from './model';

/** Rejects with KMSAccessDenied, KMSDisabled, KMSInvalidState or KMSNotFound unless `caller` may use the topic's key. */
export async function checkKeyUse(host: Host, topic: Topic, caller: Caller): Promise<void> {
  const EncryptionContext = { 'aws:sns:topicArn': topic.arn };
  const KeyId = topic.attributes.KmsMasterKeyId;
  const behalf = onBehalfOf(caller, 'sns', host.region);
  try {
    const key = await host.call(behalf, 'kms', 'GenerateDataKey', { KeyId, KeySpec: 'AES_256', EncryptionContext });
    await host.call(behalf, 'kms', 'Decrypt', { CiphertextBlob: key.CiphertextBlob, EncryptionContext });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === 'UnknownOperationException') return;
    throw kmsFault(error, host.kernel.random.uuid());
  }
}
