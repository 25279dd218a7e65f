import type { WorkloadAccount } from './account';
import { overfill } from './ingestion';
import { order, publish, received } from './orders';
import { Sabotage } from './sabotage';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** Logical ids of the queues that rules feed. */
const FED_BY_RULES = /((Order|Recovery|Probe|Feedback|Ingest|Review)Queue|QueuesChecks)[0-9A-F]{8}$/;

const ORDER_ENDED = { Source: 'stepwright.orders', DetailType: 'OrderConfirmed', Detail: '{"eventId":"nowhere"}' };
const APPROVAL_ENDED = { ...ORDER_ENDED, Source: 'stepwright.approvals', DetailType: 'ApprovalExpired' };

/**
 * Nothing can be delivered any more: functions fail or are gone, queues that rules feed are gone. What is lost must be in a
 * dead-letter queue. The last part of the workload, since nothing works after it.
 */
export async function loseDeliveries(account: WorkloadAccount): Promise<void> {
  const sabotage = new Sabotage(account);
  await streamsFail(account, sabotage);
  await reconciliationFails(account, sabotage);
  await schedulesFail(account, sabotage);
  await watchersFail(account, sabotage);
  await rulesFail(account, sabotage);
}

/** The functions behind the tables' streams fail: after all attempts their records are in dead-letter queues. */
async function streamsFail(account: WorkloadAccount, sabotage: Sabotage): Promise<void> {
  await sabotage.breakFunctions('PublishOrderEvents', 'PublishApprovalEvents', 'CarryOut');
  const text = (S: string) => ({ S });
  const lost = { orderId: text('lost'), status: text('OrderConfirmed') };
  await account.call('dynamodb', 'PutItem', { TableName: account.output('OrdersTableName'), Item: lost });
  await account.call('sqs', 'SendMessage', {
    QueueUrl: account.output('ApprovalsQueueUrl'),
    MessageBody: askInVain(account),
  });
  await inDeadLetters(
    account,
    sabotage,
    MINUTE_SECONDS,
    'OrderEventsDeadLetterQueueUrl',
    'ApprovalEffectsDeadLetterQueueUrl',
    'ApprovalEventsDeadLetterQueueUrl',
  );
}

/** The reconciliation fails for good, then it is gone: a person is told, and its schedule parks. */
async function reconciliationFails(account: WorkloadAccount, sabotage: Sabotage): Promise<void> {
  await sabotage.deleteFunctions('ReconcileOrders');
  const stateMachineArn = account.output('ReconciliationMachineArn');
  const { executionArn } = await account.call('states', 'StartExecution', { stateMachineArn });
  await sabotage.hasten('the end of the reconciliation', async () => {
    const { status } = await account.call('states', 'DescribeExecution', { executionArn });
    return status === 'FAILED' || undefined;
  });
  await account.call('states', 'DeleteStateMachine', { stateMachineArn });
  await inDeadLetters(account, sabotage, HOUR_SECONDS, 'ReconciliationDeadLetterQueueUrl');
}

/** The functions that schedules call are gone. */
async function schedulesFail(account: WorkloadAccount, sabotage: Sabotage): Promise<void> {
  const [GroupName] = await account.idsOf('AWS::Scheduler::ScheduleGroup', /./);
  await sabotage.hasten('the wake of a request', async () => {
    const { Schedules } = await account.call('scheduler', 'ListSchedules', { GroupName });
    return Schedules[0];
  });
  await sabotage.deleteFunctions('WakeRequests', 'SweepApprovals', 'SweepDocuments');
  // Requests that are still open have a wake at their end.
  await account.leap(8 * DAY_SECONDS);
  await sabotage.hasten('the wake of a request in the dead-letter queue', async () => {
    const message = await received(account, account.output('ApprovalWakesDeadLetterQueueUrl'));
    return message && message.Body !== '{}' ? message : undefined;
  });
  await inDeadLetters(account, sabotage, HOUR_SECONDS, 'IngestSweepDeadLetterQueueUrl');
}

/** The functions that watch are gone: every schedule of theirs parks. */
async function watchersFail(account: WorkloadAccount, sabotage: Sabotage): Promise<void> {
  await sabotage.deleteFunctions('WatchCosts', 'WatchExecutions', 'WatchBudgets');
  const roles = await account.idsOf('AWS::IAM::Role', /^(CostWatch|Watchers\w+Schedule)Role/);
  await sabotage.hasten(
    'what every schedule of a watcher could not invoke',
    async () => parkedBy(account, /WatcherDeadLetters/, /:role\//) === roles.length || undefined,
  );
}

/** The queues that rules feed are gone: of each kind of event one goes to the dead-letter queue. */
async function rulesFail(account: WorkloadAccount, sabotage: Sabotage): Promise<void> {
  for (const QueueUrl of await account.idsOf('AWS::SQS::Queue', FED_BY_RULES)) {
    await account.deleteQueue(QueueUrl);
  }
  await publish(account, order('nowhere'));
  await stop(account, 'OrdersMachineArn', { orderId: 'stopped-again', lines: [] });
  await stop(account, 'IngestMachineArn', {});
  await account.call('events', 'PutEvents', {
    Entries: [
      { EventBusName: account.output('OrderBusName'), ...ORDER_ENDED },
      { EventBusName: account.output('ApprovalBusName'), ...APPROVAL_ENDED },
    ],
  });
  await account.putObject(account.output('DocumentsBucketName'), 'documents/acme/nowhere.md', 'Nowhere.');
  const object = { Bucket: account.output('DocumentsBucketName'), Key: 'bulk/load-0/acme/nowhere.md' };
  await account.putObject(object.Bucket, object.Key, 'Nowhere.');
  await account.call('s3', 'DeleteObject', object);
  await overfill(account);
  await bounce(account);
  const rules = await account.idsOf('AWS::Events::Rule', /./);
  await sabotage.hasten(
    'what every rule could not deliver',
    async () => parkedBy(account, /DeadLetter/, /:rule\//) === rules.length || undefined,
  );
}

/** How many rules, or roles of schedules, have put something into a dead-letter queue. */
function parkedBy(account: WorkloadAccount, queue: RegExp, sender: RegExp): number {
  const parked = account.record.requests.filter(({ resource, isAllowed }) => isAllowed && queue.test(resource));
  const senders = parked.flatMap(({ caller }) => {
    if (caller.kind === 'service') return caller.sourceArn ?? [];
    return caller.kind === 'role' ? caller.roleArn : [];
  });
  return new Set(senders.filter((arn) => sender.test(arn))).size;
}

/** Sends a mail that comes back. */
async function bounce(account: WorkloadAccount): Promise<void> {
  const sets = await account.idsOf('AWS::SES::ConfigurationSet', /./);
  const ConfigurationSetName = sets.find((name) => name.includes('approvals'));
  await account.call('ses', 'SendEmail', {
    FromEmailAddress: 'approvals@example.com',
    Destination: { ToAddresses: ['bounce@simulator.amazonses.com'] },
    Content: { Simple: { Subject: { Data: 'Lost' }, Body: { Text: { Data: 'Lost' } } } },
    ConfigurationSetName,
  });
}

/** Starts an execution and stops it. */
async function stop(account: WorkloadAccount, machine: string, input: object): Promise<void> {
  const stateMachineArn = account.output(machine);
  const { executionArn } = await account.call('states', 'StartExecution', {
    stateMachineArn,
    input: JSON.stringify(input),
  });
  await account.call('states', 'StopExecution', { executionArn });
}

async function inDeadLetters(
  account: WorkloadAccount,
  sabotage: Sabotage,
  stepSeconds: number,
  ...outputs: string[]
): Promise<void> {
  for (const output of outputs) {
    await sabotage.hasten(`a message in ${output}`, () => received(account, account.output(output)), stepSeconds);
  }
}

/** An ask of nobody's machine. */
function askInVain(account: WorkloadAccount): string {
  return JSON.stringify({
    ...{ kind: 'ask', version: 1, requestKey: 'in-vain', attempt: 0, taskToken: 'none' },
    ...{ askedAt: new Date(account.clock.now()).toISOString(), expiresInSeconds: 7 * DAY_SECONDS, title: 'In vain' },
    ...{ requester: { name: 'Nobody' }, payload: {}, approvers: ['ben@example.com'] },
  });
}
