/**
 * Owns the telling of what happened to objects: to EventBridge's default bus when the bucket has it switched on, to queues and
 * functions by kind of event and by key. S3 acts for itself (`s3.amazonaws.com` for the bucket), so that the target's own policy decides.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
import type { JournalCollection } from '../../../kernel/journal';
import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import { sendToQueue } from '../../../wire/send-to-queue';
import type { Notification } from '../model';
import { EVENT_NAMES, type ObjectEvent } from './object-event';

/** When the last event happened, and which it was of those at that time. */
interface Moment {
  readonly ms: number;
  readonly event: number;
}

export class Notifier {
  private readonly records: JournalCollection<Moment>;
  private last: Moment = { ms: 0, event: 0 };

  constructor(private readonly host: Host) {
    this.records = host.journal.collection('s3.sequencers');
    for (const [, last] of this.records.restored()) this.last = last;
  }

  /** Tells whoever is to be told; never fails, since the object is as it is already. */
  tell(event: ObjectEvent): void {
    const { notifications } = event.bucket.settings;
    const { EventBridgeConfiguration, QueueConfigurations = [], LambdaFunctionConfigurations = [] } = notifications;
    const sequencer = this.nextSequencer();
    if (EventBridgeConfiguration) this.attempt('EventBridge', this.toEventBridge(event, sequencer));
    for (const target of [...QueueConfigurations, ...LambdaFunctionConfigurations]) {
      if (isFor(target, event)) this.attempt(arnOf(target), this.send(target, this.record(event, sequencer, target)));
    }
  }

  /** Tells a new target that it will be told, as S3 does; rejects when it cannot be reached. */
  async test(bucketName: string, bucketArn: string, target: Notification): Promise<void> {
    if (!target.QueueArn) return;
    const message = {
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: new Date(this.host.kernel.clock.now()).toISOString(),
      Bucket: bucketName,
      RequestId: this.host.kernel.random.uuid(),
      HostId: this.host.kernel.random.uuid(),
    };
    await this.send(target, { bucketArn, message });
  }

  /** Later events of a key have a greater one, also when the clock was set back, and in a later process. */
  private nextSequencer(): string {
    const nowMs = this.host.kernel.clock.now();
    this.last = nowMs > this.last.ms ? { ms: nowMs, event: 1 } : { ms: this.last.ms, event: this.last.event + 1 };
    this.records.put('last', this.last);
    const [ms, event] = [this.last.ms, this.last.event].map((number) => number.toString(16).toUpperCase());
    return `00${ms!.padStart(12, '0')}${event!.padStart(6, '0')}`;
  }

  private attempt(target: string, work: Promise<unknown>): void {
    work.catch((error) =>
      this.host.warn(`S3: the event for ${target} is lost: ${error instanceof Error ? error.message : error}`),
    );
  }

  private async toEventBridge(event: ObjectEvent, sequencer: string): Promise<void> {
    const { bucket, by, key, sizeBytes, etag, versionId, reason } = event;
    const { detailType, deletionType } = EVENT_NAMES[event.name]!;
    const detail = {
      version: '0',
      'event-version': '1.0',
      bucket: { name: bucket.name },
      object: { key, size: sizeBytes, etag, 'version-id': versionId, sequencer },
      'request-id': by && requestIdOf(by.requestId),
      requester: by ? requesterOf(by.caller) : 's3.amazonaws.com',
      'source-ip-address': by && '127.0.0.1',
      reason,
      'deletion-type': deletionType,
    };
    const Entries = [
      { Source: 'aws.s3', DetailType: detailType, Detail: JSON.stringify(detail), Resources: [bucket.arn] },
    ];
    await this.host.call(this.principal(bucket.arn), 'events', 'PutEvents', { Entries });
  }

  private record(event: ObjectEvent, sequencer: string, target: Notification): { bucketArn: string; message: object } {
    const { bucket, by, key, sizeBytes, etag, versionId } = event;
    const record = {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: this.host.region,
      eventTime: new Date(this.host.kernel.clock.now()).toISOString(),
      eventName: event.name,
      userIdentity: {
        principalId: by
          ? by.caller.kind === 'service'
            ? by.caller.principal
            : `AWS:${by.caller.arn.split('/').pop()}`
          : 's3.amazonaws.com',
      },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: {
        'x-amz-request-id': requestIdOf(by?.requestId ?? this.host.kernel.random.uuid()),
        'x-amz-id-2': sequencer,
      },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: target.Id,
        bucket: { name: bucket.name, ownerIdentity: { principalId: this.host.accountId }, arn: bucket.arn },
        object: {
          key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
          size: sizeBytes,
          eTag: etag,
          versionId,
          sequencer,
        },
      },
    };
    return { bucketArn: bucket.arn, message: { Records: [record] } };
  }

  private async send(
    target: Notification,
    { bucketArn, message }: { bucketArn: string; message: object },
  ): Promise<void> {
    const text = JSON.stringify(message);
    if (target.QueueArn) {
      await sendToQueue(this.host, this.principal(bucketArn), target.QueueArn, { MessageBody: text });
      return;
    }
    const input = { FunctionName: target.LambdaFunctionArn, InvocationType: 'Event', Payload: Buffer.from(text) };
    await this.host.call(this.principal(bucketArn), 'lambda', 'Invoke', input);
  }

  private principal(sourceArn: string): Caller {
    return { kind: 'service', principal: 's3.amazonaws.com', sourceArn, accountId: this.host.accountId };
  }
}

/** Sixteen characters, as S3 writes its request ids. */
export function requestIdOf(uuid: string): string {
  return uuid.replaceAll('-', '').slice(0, 16).toUpperCase();
}

function requesterOf(caller: Caller): string {
  return caller.kind === 'service' ? caller.principal : caller.accountId;
}

function arnOf(target: Notification): string {
  return target.QueueArn ?? target.LambdaFunctionArn ?? '';
}

function isFor({ Events, Filter }: Notification, { name, key }: ObjectEvent): boolean {
  const isNamed = Events.some((wanted) => {
    const pattern = wanted.replace(/^s3:/, '');
    return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
  });
  return (
    isNamed &&
    (Filter?.Key?.FilterRules ?? []).every(({ Name, Value }) =>
      Name.toLowerCase() === 'prefix' ? key.startsWith(Value) : key.endsWith(Value),
    )
  );
}
