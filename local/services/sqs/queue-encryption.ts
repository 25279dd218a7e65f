/**
 * Owns what SQS asks of KMS for a queue with a KMS key: a data key of the sender's for each request that sends, the
 * receiver's right to decrypt it. The messages themselves lie in the memory of this process as they came.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
import { AwsError } from '../../wire/aws-error';
import { type Caller, onBehalfOf } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { kmsFault } from './faults';
import type { MessageDataKey, Queue } from './model';

/** Whether messages that are sent to a queue are encrypted with a KMS key. */
export function isEncrypted(queue: Queue): boolean {
  return queue.attributes.KmsMasterKeyId !== undefined;
}

/** SQS's way to KMS. */
export class QueueEncryption {
  constructor(private readonly host: Host) {}

  /**
   * A data key for what `caller` sends; it must be allowed `kms:GenerateDataKey` and `kms:Decrypt`. Undefined where no KMS is
   * served. Rejects with KmsAccessDenied, KmsDisabled, KmsInvalidState, KmsInvalidKeyUsage or KmsNotFound.
   */
  async dataKeyFor(queue: Queue, caller: Caller): Promise<MessageDataKey | undefined> {
    const input = {
      KeyId: queue.attributes.KmsMasterKeyId,
      KeySpec: 'AES_256',
      EncryptionContext: contextOf(queue.arn),
    };
    const answer = await this.ask(caller, 'GenerateDataKey', input);
    if (!answer) return undefined;
    const dataKey = { keyArn: answer.KeyId, ciphertext: answer.CiphertextBlob, queueArn: queue.arn };
    await this.open(dataKey, caller);
    return dataKey;
  }

  /** Rejects unless `caller` may decrypt a message's data key. */
  async open({ ciphertext, queueArn }: MessageDataKey, caller: Caller): Promise<void> {
    await this.ask(caller, 'Decrypt', { CiphertextBlob: ciphertext, EncryptionContext: contextOf(queueArn) });
  }

  private async ask(caller: Caller, action: string, input: object): Promise<any> {
    try {
      return await this.host.call(onBehalfOf(caller, 'sqs', this.host.region), 'kms', action, input);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.code === 'UnknownOperationException') return undefined;
      throw kmsFault(error, this.host.kernel.random.uuid());
    }
  }
}

function contextOf(queueArn: string): Record<string, string> {
  return { 'aws:sqs:arn': queueArn };
}
