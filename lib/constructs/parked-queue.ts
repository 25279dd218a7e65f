import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Why a queue that people read needs no dead-letter queue of its own. */
export const READ_BY_PEOPLE =
  'Read by people and watched by an alarm: no function consumes it, so no message can fail again and again.';

/** Where messages wait for a person or a repair, as long as SQS keeps them; encrypted, over TLS only. */
export class ParkedQueue extends Queue {
  /** `why` it needs no dead-letter queue of its own, where cdk-nag cannot see that it is one. */
  constructor(scope: Construct, id: string, why?: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    if (why !== undefined) Validations.of(this).acknowledge({ id: 'AwsSolutions-SQS3', reason: why });
  }
}
