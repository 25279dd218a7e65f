import { AwsError } from '../../../wire/aws-error';
import type { Action } from '../../../wire/service';
import { invalidArgument, notImplemented } from '../faults';
import type { Bucket, Notification, NotificationConfiguration } from '../model';
import type { S3 } from '../s3';

interface PutInput {
  readonly Bucket: string;
  readonly NotificationConfiguration?: NotificationConfiguration;
}

/** Kinds of events; those of features that are not emulated are taken and never happen. */
const EVENT =
  /^s3:(ObjectCreated|ObjectRemoved|ObjectRestore|LifecycleExpiration|LifecycleTransition|ObjectTagging|ObjectAcl|IntelligentTiering|Replication|ReducedRedundancyLostObject)(:(\*|\w+))?$/;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html */
export function getBucketNotificationConfiguration(s3: S3): Action<{ Bucket: string }> {
  return {
    access: s3.onBucket('GetBucketNotification'),
    handle: (input) => s3.bucket(input).settings.notifications,
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html */
export function putBucketNotificationConfiguration(s3: S3): Action<PutInput> {
  return {
    access: s3.onBucket('PutBucketNotification'),
    handle: (input) => setNotifications(s3, s3.bucket(input), input.NotificationConfiguration ?? {}),
  };
}

/** Rejects with InvalidArgument for what S3 does not take, or for a queue that does not let S3 send. */
export async function setNotifications(s3: S3, bucket: Bucket, given: NotificationConfiguration): Promise<void> {
  if (given.TopicConfigurations?.length) {
    throw notImplemented('Notifications to SNS topics are not emulated: use EventBridge, a queue or a function.');
  }
  const withIds = (targets: readonly Notification[] = []) =>
    targets.map((target) => ({ ...target, Id: target.Id ?? s3.host.kernel.random.uuid() }));
  const queues = withIds(given.QueueConfigurations);
  const functions = withIds(given.LambdaFunctionConfigurations);
  for (const target of [...queues, ...functions]) check(target);
  for (const target of queues) {
    try {
      await s3.notifier.test(bucket.name, bucket.arn, target);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw invalidArgument(
        'Unable to validate the following destination configurations',
        target.QueueArn ?? '',
        error.message,
      );
    }
  }
  s3.store.set(bucket, {
    notifications: {
      ...(queues.length > 0 && { QueueConfigurations: queues }),
      ...(functions.length > 0 && { LambdaFunctionConfigurations: functions }),
      ...(given.EventBridgeConfiguration && { EventBridgeConfiguration: {} }),
    },
  });
}

function check({ Events = [], Filter, QueueArn, LambdaFunctionArn }: Notification): void {
  const unknown = Events.find((event) => !EVENT.test(event));
  if (unknown !== undefined || Events.length === 0) {
    throw invalidArgument('The event is not supported for notifications', 'Event', unknown);
  }
  const rules = Filter?.Key?.FilterRules ?? [];
  if (!rules.every(({ Name }) => /^(prefix|suffix)$/i.test(Name))) {
    throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', '');
  }
  const arn = QueueArn ?? LambdaFunctionArn ?? '';
  if (!/^arn:aws:(sqs|lambda):/.test(arn)) throw invalidArgument('The ARN could not be parsed', 'Arn', arn);
}
