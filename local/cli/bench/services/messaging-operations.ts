import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand, GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateEmailIdentityCommand, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { callWithoutClient, type Operation, type OperationMaker, type Target } from './operation';

const BODY = 'x'.repeat(1024);

/** Queues, topics, events, schedules, mail and executions. */
export const messagingOperations: OperationMaker = async (target) => [
  ...(await queues(target)),
  ...(await topics(target)),
  ...events(target),
  ...(await schedules(target)),
  ...(await mail(target)),
  ...(await executions(target)),
];

async function queues(target: Target): Promise<Operation[]> {
  const sqs = new SQSClient(target);
  const create = (QueueName: string) => sqs.send(new CreateQueueCommand({ QueueName }));
  const { QueueUrl } = await create('sent');
  const { QueueUrl: both } = await create('sent-and-received');
  const Entries = Array.from({ length: 10 }, (_, i) => ({ Id: `m${i}`, MessageBody: BODY }));
  return [
    { name: 'sqs SendMessage (1 KB)', call: () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: BODY })) },
    {
      name: 'sqs SendMessageBatch (10 of 1 KB)',
      call: () => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })),
    },
    {
      name: 'sqs SendMessage, ReceiveMessage, DeleteMessage',
      call: async () => {
        await sqs.send(new SendMessageCommand({ QueueUrl: both, MessageBody: BODY }));
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: both }));
        for (const { ReceiptHandle } of Messages) {
          await sqs.send(new DeleteMessageCommand({ QueueUrl: both, ReceiptHandle }));
        }
      },
    },
  ];
}

async function topics(target: Target): Promise<Operation[]> {
  const sns = (Action: string, input: Record<string, string>) =>
    callWithoutClient(target, 'sns', { body: new URLSearchParams({ Action, Version: '2010-03-31', ...input }) });
  const TopicArn = /<TopicArn>(.*)<\/TopicArn>/.exec(await sns('CreateTopic', { Name: 'bench' }))![1]!;
  return [{ name: 'sns Publish (1 KB, no subscription)', call: () => sns('Publish', { TopicArn, Message: BODY }) }];
}

function events(target: Target): Operation[] {
  const client = new EventBridgeClient(target);
  const Entries = [{ Source: 'bench', DetailType: 'Measured', Detail: JSON.stringify({ text: BODY }) }];
  return [{ name: 'events PutEvents (1 KB, no rule)', call: () => client.send(new PutEventsCommand({ Entries })) }];
}

async function schedules(target: Target): Promise<Operation[]> {
  const scheduler = new SchedulerClient(target);
  const sqs = new SQSClient(target);
  await sqs.send(new CreateQueueCommand({ QueueName: 'scheduled' }));
  const create = (Name: string) =>
    scheduler.send(
      new CreateScheduleCommand({
        Name,
        ScheduleExpression: 'at(2099-01-01T00:00:00)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: 'arn:aws:sqs:us-east-1:000000000000:scheduled', RoleArn: target.roleArn, Input: '{}' },
      }),
    );
  await create('first');
  return [
    { name: 'scheduler CreateSchedule', call: (number) => create(`schedule-${number}`) },
    { name: 'scheduler GetSchedule', call: () => scheduler.send(new GetScheduleCommand({ Name: 'first' })) },
  ];
}

async function mail(target: Target): Promise<Operation[]> {
  const ses = new SESv2Client(target);
  await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'bench@example.com' }));
  const Simple = { Subject: { Data: 'Measured' }, Body: { Text: { Data: BODY } } };
  const input = { FromEmailAddress: 'bench@example.com', Destination: { ToAddresses: ['you@example.com'] } };
  const command = () => new SendEmailCommand({ ...input, Content: { Simple } });
  return [{ name: 'ses SendEmail (1 KB)', call: () => ses.send(command()) }];
}

async function executions(target: Target): Promise<Operation[]> {
  const states = new SFNClient(target);
  const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
  const { roleArn } = target;
  const { stateMachineArn } = await states.send(new CreateStateMachineCommand({ name: 'bench', definition, roleArn }));
  const start = (input = '{}') => states.send(new StartExecutionCommand({ stateMachineArn, input }));
  const { executionArn } = await start();
  return [
    { name: 'states StartExecution (1 state)', call: (number) => start(`{"number":${number}}`) },
    { name: 'states DescribeExecution', call: () => states.send(new DescribeExecutionCommand({ executionArn })) },
    { name: 'states GetExecutionHistory', call: () => states.send(new GetExecutionHistoryCommand({ executionArn })) },
  ];
}
