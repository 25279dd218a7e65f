import { signedFetch } from '../../../bin/commands/signed-fetch';
import type { Caller } from '../../../local/wire/caller';
import { ApprovalStacks } from '../../support/approvals/approval-stacks';
import { changedAssembly } from '../../support/changed-assembly';
import { nextRefusal, removeAction } from '../../support/missing-grant';

/** The grants of the approvals stack's roles, each with what makes its role use it; and a stack without one of them. */

const HOUR_SECONDS = 3_600;
const HOUR_MS = 3_600_000;

/** One grant of a role, or of a key's policy to it, and what makes the role use it. */
export interface MissingGrant {
  /** The beginning of the role's logical id. */
  readonly role: string;
  readonly action: string;
  /** A part of the resource's ARN. */
  readonly resource: string;
  /** The statement of a key policy that holds the grant. @default - the role's own policy does */
  readonly sid?: string;
  provoke(stacks: ApprovalStacks): Promise<unknown>;
}

const ask = (stacks: ApprovalStacks) => stacks.ask();
const approve = async (stacks: ApprovalStacks) => stacks.decide(await stacks.invite(), 'approve');
const reject = async (stacks: ApprovalStacks) => stacks.decide(await stacks.invite(), 'reject');
const invalid = (stacks: ApprovalStacks) => stacks.ask({ expiresInSeconds: 1 });
const bounce = (stacks: ApprovalStacks) => stacks.ask({ approvers: ['bounce@simulator.amazonses.com'] });
const nobody = async (stacks: ApprovalStacks) => {
  const event = { source: 'aws.ses', 'detail-type': 'Email Bounced', detail: {} };
  return stacks.call('sqs', 'SendMessage', {
    QueueUrl: await feedbackQueue(stacks),
    MessageBody: JSON.stringify(event),
  });
};
const wake = async (stacks: ApprovalStacks) => {
  const { requestId } = await stacks.invite({ reminders: { everySeconds: HOUR_SECONDS, atMost: 1 } });
  await stacks.settled(requestId);
  await stacks.leap(HOUR_MS + 2_000);
};
const sweep = async (stacks: ApprovalStacks) => {
  await stacks.invite({ reminders: { everySeconds: HOUR_SECONDS, atMost: 1 } });
  await stacks.leap(HOUR_MS);
};
const hour = (stacks: ApprovalStacks) => stacks.leap(HOUR_MS);
const list = (stacks: ApprovalStacks) => operate(stacks, '/approvals?status=pending');
const show = (stacks: ApprovalStacks) => operate(stacks, `/approvals/${'x'.repeat(27)}`);
const look = (stacks: ApprovalStacks) => stacks.page('/a/any');
const remind = async (stacks: ApprovalStacks) => {
  const { requestId } = await stacks.invite();
  await stacks.settled(requestId);
  await operate(stacks, `/approvals/${requestId}/remind`, 'POST');
};
const expense = (stacks: ApprovalStacks) => startExpense(stacks, 'ann@example.com');
const expenseApproved = async (stacks: ApprovalStacks) => {
  await expense(stacks);
  const mail = await stacks.until('mail', async () => (await stacks.mails()).find(({ tags }) => tags.kind === 'ask'));
  await stacks.decide(await stacks.invitation(mail.tags.requestId, mail.to[0]!), 'approve');
};

const row = (
  role: string,
  action: string,
  resource: string,
  provoke: MissingGrant['provoke'],
  sid?: string,
): readonly [string, string, string, MissingGrant] => [
  role,
  action,
  resource,
  { role, action, resource, provoke, ...(sid && { sid }) },
];

const APPROVALS = 'TablesApprovals';
const AUDIT = 'TablesAudit';

/** By role, action and resource. */
export const MISSING_GRANTS = [
  row('IntakeOpenRequests', 'dynamodb:GetItem', APPROVALS, ask),
  row('IntakeOpenRequests', 'dynamodb:PutItem', AUDIT, ask),
  row('IntakeOpenRequests', 'sqs:SendMessage', 'DeadLetterQueue', invalid),
  row('IntakeOpenRequests', 'states:SendTaskFailure', 'stateMachine:', invalid),
  row('IntakeOpenRequests', 'sqs:ReceiveMessage', 'ApprovalsQueue', ask),
  row('IntakeOpenRequests', 'sqs:DeleteMessage', 'ApprovalsQueue', ask),
  row('IntakeOpenRequests', 'kms:Decrypt', 'key/', ask),
  row('IntakeOpenRequests', 'kms:GenerateDataKey', 'key/', invalid),
  row('IntakeOpenRequests', 'kms:Encrypt', 'key/', ask, 'SealTokens'),
  row('ApiApprovalPage', 'dynamodb:GetItem', APPROVALS, look),
  row('ApiApprovalPage', 'dynamodb:UpdateItem', APPROVALS, approve),
  row('ApiApprovalPage', 'dynamodb:PutItem', AUDIT, approve),
  row('ApiOperateApprovals', 'dynamodb:Query', 'index/by-status', list),
  row('ApiOperateApprovals', 'dynamodb:GetItem', APPROVALS, show),
  row('ApiOperateApprovals', 'dynamodb:PutItem', AUDIT, remind),
  row('MailMailFeedback', 'dynamodb:GetItem', APPROVALS, bounce),
  row('MailMailFeedback', 'dynamodb:PutItem', AUDIT, bounce),
  row('MailMailFeedback', 'sqs:SendMessage', 'DeadLetterQueue', nobody),
  row('MailMailFeedback', 'sqs:ReceiveMessage', 'FeedbackQueue', bounce),
  row('EffectsWakeRequests', 'dynamodb:GetItem', APPROVALS, wake),
  row('EffectsWakeRequests', 'dynamodb:PutItem', AUDIT, wake),
  row('EffectsWakeRole', 'lambda:InvokeFunction', 'WakeRequests', wake),
  row('EffectsSweepRole', 'lambda:InvokeFunction', 'SweepApprovals', sweep),
  row('CostWatchRole', 'lambda:InvokeFunction', 'WatchCosts', hour),
  row('EffectsSweepApprovals', 'dynamodb:Query', 'index/due', sweep),
  row('EffectsCarryOut', 'dynamodb:PutItem', AUDIT, ask),
  row('EffectsCarryOut', 'dynamodb:GetItem', APPROVALS, ask),
  row('EffectsCarryOut', 'dynamodb:GetRecords', 'stream/', ask),
  row('EffectsCarryOut', 'ses:SendEmail', 'identity/', ask),
  row('EffectsCarryOut', 'scheduler:CreateSchedule', 'schedule/', ask),
  row('EffectsCarryOut', 'iam:PassRole', 'role/', ask),
  row('EffectsCarryOut', 'states:SendTaskSuccess', 'stateMachine:', approve),
  row('EffectsCarryOut', 'states:SendTaskFailure', 'stateMachine:', reject),
  row('EffectsCarryOut', 'kms:Decrypt', 'key/', approve, 'OpenTokens'),
  row('EffectsCarryOut', 'kms:GenerateMac', 'key/', ask, 'MakeLinks'),
  row('EventsPublishApprovalEvents', 'events:PutEvents', 'event-bus/', ask),
  row('EventsPublishApprovalEvents', 'dynamodb:GetRecords', 'stream/', ask),
  row('ExampleExpenseStateMachine', 'sqs:SendMessage', 'ApprovalsQueue', expense),
  row('ExampleExpenseStateMachine', 'kms:GenerateDataKey', 'key/', expense),
  row('ExampleExpenseStateMachine', 'dynamodb:PutItem', 'ExampleExpenses', expenseApproved),
];

/** Deploys the stacks without a grant, lets the role use it, and gives the message of the refusal. */
export async function refusalWithout(missing: MissingGrant): Promise<string> {
  const stacks = await ApprovalStacks.start(changedAssembly('approvals', (template) => removeGrant(template, missing)));
  const { role, action } = missing;
  const isTheRole = (caller: Caller) => caller.kind === 'role' && caller.roleArn.includes(nameOf(role));
  const refusal = nextRefusal(stacks.embedded, action, isTheRole);
  // What cannot go on without the grant may wait for ever; the refusal is what counts.
  const provoked = missing.provoke(stacks).catch(() => undefined);
  try {
    return await Promise.race([refusal, provoked.then(() => stacks.until<string>('refusal', async () => undefined))]);
  } finally {
    await stacks.stop();
  }
}

function removeGrant(template: any, { role, action, resource, sid }: MissingGrant): void {
  let removed = 0;
  for (const [id, { Type, Properties }] of Object.entries<any>(template.Resources)) {
    const isOwn = Type === 'AWS::IAM::Policy' && id.startsWith(role);
    const policy =
      sid && Type === 'AWS::KMS::Key' ? Properties.KeyPolicy : isOwn ? Properties.PolicyDocument : undefined;
    const isMeant = (statement: any) =>
      sid ? statement.Sid === sid : resourceText(statement).includes(resource.replace(/[:/]$/, ''));
    if (policy) removed += removeAction(policy, action, isMeant);
  }
  if (removed === 0) throw new Error(`${role} has no grant of ${action} on ${resource} that could be removed.`);
}

/** Where a statement's resource is named; a key is called so by its logical id, a stream by its attribute. */
function resourceText({ Resource }: any): string {
  return JSON.stringify(Resource)
    .replace(/KeysApprovalsKey/g, 'key')
    .replace(/StreamArn/g, 'stream')
    .replace(/EventsBus/g, 'event-bus')
    .replace(/WakeRole/g, 'role');
}

/** Whether a refusal names role, action and resource; SQS writes actions in lower case, SES quotes what it names. */
export function namesAll(message: string, { role, action, resource }: MissingGrant): boolean {
  const who = `^User:? .?arn:aws:sts::000000000000:assumed-role/[^ ]*${nameOf(role)}[^ ]*`;
  const what = `is not authorized to perform:? .?${action}.? on resource:? .?arn:aws:[^ ]*${resource}`;
  const expected = `${who} ${what}`;
  return new RegExp(expected, 'i').test(message);
}

/** What of a role's logical id stands in its name, which is cut off. */
function nameOf(role: string): string {
  return role.slice(0, 20);
}

async function operate({ outputs, embedded }: ApprovalStacks, path: string, method = 'GET') {
  const credentials = async () => ({ accessKeyId: 'local', secretAccessKey: 'local' });
  const body = method === 'POST' ? '{}' : undefined;
  return signedFetch(outputs.ApprovalsApiUrl!, embedded.region, credentials)(method, path, body);
}

function startExpense(stacks: ApprovalStacks, email: string): Promise<unknown> {
  const requester = { name: 'Ann', email };
  return stacks.call('states', 'StartExecution', {
    stateMachineArn: stacks.outputs.ExpenseMachineArn,
    input: JSON.stringify({ expenseId: 'e', amountCents: 1, currency: 'EUR', purpose: 'p', requester }),
  });
}

async function feedbackQueue(stacks: ApprovalStacks): Promise<string> {
  const { QueueUrls } = await stacks.call('sqs', 'ListQueues', {});
  return (QueueUrls as string[]).find((url) => url.includes('MailFeedbackQueue') && !url.includes('DeadLetter'))!;
}
