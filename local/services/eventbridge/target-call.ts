/** Owns which targets there are, and the call of another service that each one is. */
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { sendToQueue } from '../../wire/send-to-queue';
import { validation } from './faults';
import type { Delivery, Target } from './model';

/** The service principal that targets with a resource policy see. */
export const EVENTBRIDGE = 'events.amazonaws.com';

type Kind = 'sqs' | 'sns' | 'lambda' | 'states' | 'logs' | 'events';

const TAKEN = [
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'InputTransformer',
  'SqsParameters',
  'DeadLetterConfig',
  'RetryPolicy',
];

/** The service of a target's ARN. Throws ValidationException for a target that is not emulated. */
export function kindOf(target: Target): Kind {
  const [, , service, , , resource = ''] = target.Arn.split(':');
  if (service === 'sqs' || service === 'sns' || service === 'lambda' || service === 'logs') return service;
  if (service === 'states' && resource === 'stateMachine') return service;
  if (service === 'events' && resource.startsWith('event-bus/')) return service;
  throw validation(
    `The target ${target.Arn} is not emulated: use an SQS queue, an SNS topic, a Lambda function, a state machine, ` +
      'a log group or another event bus.',
  );
}

/** Throws ValidationException for what a target may not have, or must have and has not. */
export function checkTargetCall(target: Target): void {
  const kind = kindOf(target);
  const unknown = Object.keys(target).find((name) => !TAKEN.includes(name) && (target as any)[name] !== undefined);
  if (unknown) throw validation(`${unknown} of target ${target.Id} is not emulated.`);
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html
  if (kind === 'sqs' && target.Arn.endsWith('.fifo') && !target.SqsParameters?.MessageGroupId) {
    throw validation(`Parameter(s) SqsParameters must be specified for target: ${target.Id}.`);
  }
  if ((kind === 'states' || kind === 'events') && !target.RoleArn) {
    throw validation(`RoleArn is required for target ${target.Arn}.`);
  }
}

/** Hands `input` to the target; rejects with what the target's service answers. */
export async function callTarget(host: Host, delivery: Delivery, input: string, transit: string): Promise<void> {
  const { target, ruleArn, event, traceHeader } = delivery;
  const service: Caller = { kind: 'service', principal: EVENTBRIDGE, sourceArn: ruleArn, accountId: host.accountId };
  const call = (caller: Caller, of: string, action: string, request: object) =>
    host.call(caller, of, action, request, undefined, traceHeader);
  switch (kindOf(target)) {
    case 'sqs':
      await sendToQueue(host, service, target.Arn, { MessageBody: input, ...target.SqsParameters }, traceHeader);
      return;
    case 'sns':
      await call(service, 'sns', 'Publish', { TopicArn: target.Arn, Message: input });
      return;
    case 'lambda':
      await call(service, 'lambda', 'Invoke', {
        FunctionName: target.Arn,
        InvocationType: 'Event',
        Payload: Buffer.from(input),
      });
      return;
    case 'states':
      await call(roleOf(host, delivery), 'states', 'StartExecution', {
        stateMachineArn: target.Arn,
        input,
        // One name per delivery: an attempt that is made again starts nothing twice.
        name: `${event.id}_${delivery.id}`,
      });
      return;
    case 'events':
      await forward(host, delivery, transit);
      return;
    case 'logs':
      await writeLog(host, service, delivery, input);
  }
}

function roleOf(host: Host, delivery: Delivery): Caller {
  return host.assumeRole(delivery.target.RoleArn!, EVENTBRIDGE, delivery.id.replaceAll('-', ''), delivery.ruleArn);
}

/** `transit` is a word of ours by which the other bus recognises the event and keeps its id and source. */
async function forward(host: Host, delivery: Delivery, transit: string): Promise<void> {
  const { event, target } = delivery;
  const { Entries } = await host.call(roleOf(host, delivery), 'events', 'PutEvents', {
    Entries: [
      {
        Source: event.source,
        DetailType: event['detail-type'],
        Detail: JSON.stringify(event.detail),
        Resources: event.resources,
        EventBusName: target.Arn,
        TraceHeader: delivery.traceHeader,
        Transit: transit,
      },
    ],
  });
  if (Entries[0].ErrorCode) throw validation(`${Entries[0].ErrorCode}: ${Entries[0].ErrorMessage}`);
}

async function writeLog(host: Host, caller: Caller, delivery: Delivery, message: string): Promise<void> {
  const logGroupName = delivery.target.Arn.split(':')[6];
  const logStreamName = delivery.id;
  const timestamp = Date.parse(delivery.event.time);
  await host.call(caller, 'logs', 'CreateLogStream', { logGroupName, logStreamName }).catch((error) => {
    if (error.code !== 'ResourceAlreadyExistsException') throw error;
  });
  await host.call(caller, 'logs', 'PutLogEvents', { logGroupName, logStreamName, logEvents: [{ timestamp, message }] });
}
