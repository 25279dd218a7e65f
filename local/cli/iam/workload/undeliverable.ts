import type { WorkloadAccount } from './account';
import { order, publish, received } from './orders';
import { Sabotage } from './sabotage';

/**
 * Nothing can be delivered any more: functions fail or are gone, queues that rules feed are gone. What is lost must be in a
 * dead-letter queue. The last part of the workload, since nothing works after it.
 */
export async function loseDeliveries(account: WorkloadAccount): Promise<void> {
  const sabotage = new Sabotage(account);
  await streamsFail(account, sabotage);
  await schedulesFail(account, sabotage);
  await rulesFail(account, sabotage);
}

/** The functions behind the tables' streams fail: after all attempts their records are in dead-letter queues. */
async function streamsFail(account: WorkloadAccount, sabotage: Sabotage): Promise<void> {
  await sabotage.breakFunctions('PublishOrderEvents', 'CarryOut');
  const text = (S: string) => ({ S });
  const lost = { orderId: text('lost'), status: text('OrderConfirmed') };
  await account.call('dynamodb', 'PutItem', { TableName: account.output('OrdersTableName'), Item: lost });
  await account.call('sqs', 'SendMessage', {
    QueueUrl: account.output('ApprovalsQueueUrl'),
    MessageBody: askInVain(account),
  });
  await inDeadLetters(account, sabotage, 'OrderEventsDeadLetterQueueUrl', 'ApprovalEffectsDeadLetterQueueUrl');
}

/** The functions that schedules call are gone. */
async function schedulesFail(account: WorkloadAccount, sabotage: Sabotage): Promise<void> {
  await sabotage.deleteFunctions('WakeRequests', 'SweepApprovals', 'SweepDocuments');
  await inDeadLetters(account, sabotage, 'ApprovalWakesDeadLetterQueueUrl', 'IngestSweepDeadLetterQueueUrl');
}

/** The queues that rules feed are gone. */
async function rulesFail(account: WorkloadAccount, sabotage: Sabotage): Promise<void> {
  await account.call('sqs', 'DeleteQueue', { QueueUrl: account.output('OrderQueueUrl') });
  await publish(account, order('nowhere'));
  await inDeadLetters(account, sabotage, 'OrderDeadLetterQueueUrl');
}

async function inDeadLetters(account: WorkloadAccount, sabotage: Sabotage, ...outputs: string[]): Promise<void> {
  for (const output of outputs) {
    await sabotage.hasten(`a message in ${output}`, () => received(account, account.output(output)));
  }
}

/** An ask of nobody's machine. */
function askInVain(account: WorkloadAccount): string {
  return JSON.stringify({
    ...{ kind: 'ask', version: 1, requestKey: 'in-vain', attempt: 0, taskToken: 'none' },
    ...{ askedAt: new Date(account.clock.now()).toISOString(), expiresInSeconds: 86_400, title: 'In vain' },
    ...{ requester: { name: 'Nobody' }, payload: {}, approvers: ['ben@example.com'] },
    reminders: { everySeconds: 3_600, atMost: 1 },
  });
}
