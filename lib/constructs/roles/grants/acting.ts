import { LIVE } from '../../live-alias';
import type { Grant } from '../grant';
import type { StackParts } from '../stack-parts';
import { approvalRoutes, versionArns } from './looking';
import { lookAtIntakes, muteRule, pauseRecords } from './measuring';

/** Who pretends to be the API of orders, when an order that it took is put on the bus again. */
const API_SOURCE = 'stepwright.api';

/** `dlq replay`, `dlq delete`: out of dead-letter queues, into those that work is done from. */
export function replayDeadLetters(parts: StackParts): Grant[] {
  const open = parts.queues().filter(({ kmsMasterKeyId }) => kmsMasterKeyId === undefined);
  const dead = parts.deadLetterQueues();
  return [
    {
      actions: ['sqs:DeleteMessage', 'sqs:StartMessageMoveTask', 'sqs:ListMessageMoveTasks'],
      resources: open.filter((queue) => dead.includes(queue)).map(({ attrArn }) => attrArn),
    },
    {
      actions: ['sqs:GetQueueUrl', 'sqs:SendMessage'],
      resources: open.filter((queue) => !dead.includes(queue)).map(({ attrArn }) => attrArn),
    },
  ];
}

/** `redrive`: of machines whose histories say what would run again. */
export function redriveExecutions(parts: StackParts): Grant[] {
  return [
    {
      actions: ['states:RedriveExecution'],
      resources: parts
        .standardMachines()
        .filter(({ isSealed }) => !isSealed)
        .map(({ executions }) => executions),
      because: 'The executions of one machine, which are named after documents and requests.',
    },
  ];
}

/** `stuck fix`: stops what is silent or waits for nobody, which gives nothing of a sealed history away; undoes or publishes orders, copies documents onto themselves, revokes requests. */
export function fixStuck(parts: StackParts): Grant[] {
  const documents = parts.arnsOf(
    'DocumentsBucketName',
    (name) => `arn:${parts.stack.partition}:s3:::${name}/documents/*`,
  );
  return [
    {
      actions: ['states:StopExecution'],
      // Nobody can tell of a sealed undo whether it stands still, and it ends by itself.
      resources: parts
        .standardMachines()
        .filter(({ machine }) => !parts.isSame(parts.output('UndoMachineArn'), machine.ref))
        .map(({ executions }) => executions),
      because: 'The executions of one machine, which are named after documents and requests.',
    },
    {
      actions: ['states:StartExecution'],
      resources: parts.arnsOf('UndoMachineArn', (arn) => arn),
      conditions: { StringEquals: { 'states:StateMachineQualifier': LIVE } },
    },
    {
      actions: ['events:PutEvents'],
      resources: parts.arnsOf('OrderBusArn', (arn) => arn),
      conditions: { StringEquals: { 'events:source': API_SOURCE, 'events:detail-type': 'OrderPlaced' } },
    },
    {
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: documents,
      because: 'Single documents of one bucket, under the names that people gave them.',
    },
    {
      actions: ['execute-api:Invoke'],
      resources: approvalRoutes(parts, 'POST/approvals/*/revoke'),
      because: 'The requests of one API, each under its id; they can be revoked, and nothing else.',
    },
  ];
}

/** `pause`, `resume`: what feeds queues to functions, and the rules that start the fan-out, whose events are replayed afterwards. */
export function pauseIntakes(parts: StackParts): Grant[] {
  const mappings = parts.intakeQueues().flatMap((queue) => parts.mappingsOf(queue));
  const rules = parts.deliveryRules().map(({ attrArn }) => attrArn);
  const hasRules = rules.length > 0;
  return [
    ...lookAtIntakes(parts),
    { actions: ['sqs:GetQueueAttributes'], resources: pauseRecords(parts) },
    { actions: ['sqs:TagQueue', 'sqs:UntagQueue'], resources: pauseRecords(parts) },
    {
      actions: ['lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping'],
      resources: mappings.map(({ attrEventSourceMappingArn }) => attrEventSourceMappingArn),
    },
    { actions: ['events:EnableRule', 'events:DisableRule'], resources: rules },
    {
      actions: ['events:StartReplay', 'events:DescribeReplay'],
      resources: hasRules ? [parts.arn('events', `replay/${parts.stack.stackName}-*`)] : [],
      because: 'The replays of one stack, which are named after it and the moment.',
    },
    // AWS does not say whether StartReplay is asked of the archive or of the replay; it is granted on both.
    {
      actions: ['events:StartReplay'],
      resources: parts.ofType('AWS::Events::Archive').map(({ attrArn }) => attrArn),
    },
  ];
}

/** `versions prune`. Versions that an alias leads to, AWS keeps itself. */
export function pruneVersions(parts: StackParts): Grant[] {
  return [
    {
      actions: ['states:DeleteStateMachineVersion'],
      resources: versionArns(parts),
      because: 'The versions of one machine.',
    },
  ];
}

/** Alarms that no maintenance explains: the command mutes none of them, and nobody may. */
const NEVER_MUTED = ['money-mismatched', 'cost-runaway', 'secret-in-logs', 'audit-incomplete'];

/** `maintenance`: one mute rule of the stack, over alarms of the stack. */
export function muteAlarms(parts: StackParts): Grant[] {
  const { stackName } = parts.stack;
  return [
    {
      actions: ['cloudwatch:PutAlarmMuteRule'],
      resources: [parts.arn('cloudwatch', `alarm:${stackName}-*`)],
      because: "The alarms of one stack, whose names begin with the stack's.",
    },
    {
      isDenied: true,
      actions: ['cloudwatch:PutAlarmMuteRule'],
      resources: NEVER_MUTED.map((id) => parts.arn('cloudwatch', `alarm:${stackName}-${id}`)),
    },
    {
      actions: ['cloudwatch:PutAlarmMuteRule', 'cloudwatch:DeleteAlarmMuteRule'],
      resources: muteRule(parts),
    },
  ];
}
