import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import { invalidParameter } from '../faults';

/** What some destinations need besides the record. */
export interface DestinationDetails {
  /** EventBridge: the detail-type. */
  readonly detailType?: string;
  /** EventBridge: ARNs that the event concerns. */
  readonly resources?: string[];
  /** SQS and SNS: message attributes. */
  readonly messageAttributes?: object;
}

const EMULATED =
  /^arn:[a-z-]+:((sqs|sns):[a-z0-9-]+:\d{12}:|lambda:[a-z0-9-]+:\d{12}:function:|events:[a-z0-9-]+:\d{12}:event-bus\/)/;

/** Throws InvalidParameterValueException for a destination that the embedded Lambda cannot reach. */
export function checkDestination(arn: string | undefined): void {
  if (arn !== undefined && !EMULATED.test(arn)) {
    throw invalidParameter(
      `The destination ${arn} is not emulated: use an SQS queue, an SNS topic, a Lambda function or an EventBridge event bus.`,
    );
  }
}

/** Sends a record (an object, or a text as it is) to a queue, a topic, a function or an event bus, as the caller. */
export async function sendToDestination(
  host: Host,
  caller: Caller,
  arn: string,
  record: object | string,
  details: DestinationDetails = {},
): Promise<void> {
  const text = typeof record === 'string' ? record : JSON.stringify(record);
  const parts = arn.split(':');
  switch (parts[2]) {
    case 'sqs': {
      const QueueUrl = `${host.endpoint()}/${parts[4]}/${parts[5]}`;
      await host.call(caller, 'sqs', 'SendMessage', {
        QueueUrl,
        MessageBody: text,
        MessageAttributes: details.messageAttributes,
      });
      return;
    }
    case 'sns':
      await host.call(caller, 'sns', 'Publish', {
        TopicArn: arn,
        Message: text,
        MessageAttributes: details.messageAttributes,
      });
      return;
    case 'lambda':
      await host.call(caller, 'lambda', 'Invoke', { FunctionName: arn, InvocationType: 'Event', Payload: text });
      return;
    case 'events': {
      const answer = await host.call(caller, 'events', 'PutEvents', {
        Entries: [
          {
            Source: 'lambda',
            DetailType: details.detailType,
            Detail: text,
            Resources: details.resources,
            EventBusName: arn,
          },
        ],
      });
      const [entry] = answer.Entries;
      if (entry?.ErrorCode) throw new Error(`${entry.ErrorCode}: ${entry.ErrorMessage}`);
      return;
    }
    default:
      checkDestination(arn);
  }
}
