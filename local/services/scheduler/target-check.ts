/** Owns which targets a schedule may have, and refuses the others when the schedule is made. */
import { integerBetween, lengthBetween, matching, required } from './constraints';
import { constraint, validation } from './faults';
import type { Target } from './model';
import { isUniversal, readUniversal } from './universal-target';

const ROLE_ARN = /^arn:aws(-[a-z]+)?:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const QUEUE_ARN = /^arn:aws(-[a-z]+)?:sqs:[a-z0-9-]+:\d{12}:[a-zA-Z0-9\-_]+$/;
/** A source of one's own: those of AWS begin with `aws.`. */
const EVENT_SOURCE = /^(?!aws\.)[/.\-_A-Za-z0-9]+$/;
/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html */
const TEMPLATED = ['codebuild', 'codepipeline', 'ecs', 'events', 'firehose', 'inspector', 'kinesis', 'lambda'].concat([
  'sagemaker',
  'sns',
  'sqs',
  'states',
]);
const EMULATED = ['sqs', 'sns', 'lambda', 'states', 'events'];
const TAKEN = ['Arn', 'RoleArn', 'Input', 'DeadLetterConfig', 'RetryPolicy', 'SqsParameters', 'EventBridgeParameters'];
/** Quota of the service: 256 KB. */
const INPUT_LIMIT_BYTES = 256 * 1024;

/** Throws ValidationException for what a target may not have, or must have and has not. */
export function checkTarget(target: Target | undefined): asserts target is Target {
  required('target', target);
  const { Arn: arn, RoleArn: roleArn, RetryPolicy: retries, DeadLetterConfig: deadLetters } = target!;
  required('target.arn', arn);
  lengthBetween('target.arn', arn, 1, 1600);
  required('target.roleArn', roleArn);
  lengthBetween('target.roleArn', roleArn, 1, 1600);
  matching('target.roleArn', roleArn, ROLE_ARN);
  integerBetween('target.retryPolicy.maximumRetryAttempts', retries?.MaximumRetryAttempts, 0, 185);
  integerBetween('target.retryPolicy.maximumEventAgeInSeconds', retries?.MaximumEventAgeInSeconds, 60, 86_400);
  matching('target.deadLetterConfig.arn', deadLetters?.Arn, QUEUE_ARN);
  lengthBetween('target.sqsParameters.messageGroupId', target!.SqsParameters?.MessageGroupId, 1, 128);
  const unknown = Object.keys(target!).find((name) => !TAKEN.includes(name) && (target as any)[name] !== undefined);
  if (unknown) throw validation(`${unknown} of a target is not emulated.`);
  if (Buffer.byteLength(target!.Input ?? '') > INPUT_LIMIT_BYTES) {
    throw validation(`The input of the target is larger than ${INPUT_LIMIT_BYTES} bytes.`);
  }
  if (isUniversal(arn)) readUniversal(target!);
  else checkTemplated(target!);
}

/** The service of a templated target's ARN. */
export function serviceOf(arn: string): string {
  return arn.split(':')[2] ?? '';
}

function checkTemplated(target: Target): void {
  const { Arn: arn, EventBridgeParameters: event } = target;
  const service = serviceOf(arn);
  if (!arn.startsWith('arn:')) throw validation(`Invalid request provided: ${arn} is not an ARN.`);
  if (!TEMPLATED.includes(service)) {
    throw validation(`Invalid request provided: ${service} is not a supported service for a target.`);
  }
  if (!EMULATED.includes(service)) {
    throw validation(
      `The target ${arn} is not emulated: use an SQS queue, a Lambda function, a state machine, an event bus, or a ` +
        'universal target.',
    );
  }
  if (service === 'events') {
    required('target.eventBridgeParameters', event);
    required('target.eventBridgeParameters.detailType', event!.DetailType);
    required('target.eventBridgeParameters.source', event!.Source);
    lengthBetween('target.eventBridgeParameters.detailType', event!.DetailType, 1, 128);
    lengthBetween('target.eventBridgeParameters.source', event!.Source, 1, 256);
    matching('target.eventBridgeParameters.source', event!.Source, EVENT_SOURCE);
  } else if (event) {
    throw validation(`EventBridgeParameters are for event buses, not for ${arn}.`);
  }
  if (service !== 'sqs' && target.SqsParameters) throw validation(`SqsParameters are for queues, not for ${arn}.`);
  if (!['sqs', 'sns'].includes(service) && target.Input !== undefined && !isJson(target.Input)) {
    throw constraint('target.input', target.Input, 'be well-formed JSON for this target');
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
