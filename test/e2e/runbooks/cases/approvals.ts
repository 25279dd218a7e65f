import type { BrokenAccount } from '../broken-account';
import type { RunbookCase, Trouble } from '../runbook-case';

/** The person who is asked unless a case says otherwise, and somebody who can always be reached. */
const ASKED = 'ben@example.com';
const OTHER = 'zoe@example.com';
/** An address whose mails bounce. */
const BOUNCING = 'bounce@simulator.amazonses.com';
const HOUR_SECONDS = 3600;

const mapping = (account: BrokenAccount, UUID: string) => account.call('lambda', 'GetEventSourceMapping', { UUID });

/** Whether a request is open and everything that was due for it is done. */
async function isSettled(account: BrokenAccount, requestId: string): Promise<boolean> {
  const row = await account.approvals.row(requestId);
  return row !== undefined && JSON.parse(row.request.S).effects.length === 0;
}

/** Whether somebody has a mail of a kind about a request. */
async function isMailed(account: BrokenAccount, requestId: string, person: string, kind?: string): Promise<boolean> {
  const mails = await account.approvals.mails(requestId);
  return mails.some(({ to, tags }) => to.includes(person) && (kind === undefined || tags.kind === kind));
}

/** An expense that was approved and could not be recorded. */
async function breakExpense(account: BrokenAccount): Promise<Trouble> {
  const allow = account.deny('ExpenseStateMachine', 'dynamodb:PutItem');
  const requester = { name: 'Ann', email: 'ann@example.com' };
  const input = { expenseId: 'expense-1', amountCents: 12_000, currency: 'EUR', purpose: 'Train tickets', requester };
  const { executionArn } = await account.call('states', 'StartExecution', {
    stateMachineArn: account.outputs.ExpenseMachineArn,
    input: JSON.stringify(input),
  });
  const approver = 'approver@example.com';
  const mailed = async () => (await account.approvals.mails()).filter(({ to }) => to.includes(approver));
  await account.until('mail to the approver', async () => (await mailed()).length > 0);
  const { requestId } = (await mailed()).at(-1)!.tags;
  await account.approvals.decide(await account.approvals.invitation(requestId, approver), 'approve');
  await account.turnUntil('parked expense', async () => (await account.depth('ExpenseReviewQueueUrl')) > 0);
  const known = { EXECUTION_ARN: executionArn, REQUEST_ID: requestId, EXPENSE_ID: 'expense-1', AMOUNT_CENTS: '12000' };
  return {
    values: {
      ...known,
      ...{ CURRENCY: 'EUR', PURPOSE: 'Train tickets', DECIDED_AT: new Date(account.clock.now()).toISOString() },
      PAYLOAD_HASH: JSON.parse((await account.approvals.row(requestId)).request.S).payloadHash,
    },
    shows: {
      'dlq show': /RecordExpense/,
      'describe-execution': /expense-1/,
      'approvals -- show': /amountCents: 12000/,
    },
    mend: allow,
    isOver: async () =>
      (await account.row('ExpensesTableName', { expenseId: 'expense-1' }))?.amountCents.N === '12000' &&
      (await account.depth('ExpenseReviewQueueUrl')) === 0,
  };
}

/** The pages of approvals, but for those of dead-letter queues. */
export const APPROVAL_CASES: readonly RunbookCase[] = [
  {
    page: 'oldest-ask',
    trouble: 'an intake that somebody paused',
    async break(account, desk) {
      await desk.type('npm run ops -- pause approvals', {});
      const { requestId } = await account.approvals.ask();
      return {
        shows: { 'ops -- intake': /approvals.*paused/ },
        isOver: () => isMailed(account, requestId, ASKED),
      };
    },
  },
  {
    page: 'approval-undeliverable',
    trouble: 'an address that bounces',
    async break(account) {
      const { requestId } = await account.approvals.ask({ approvers: [BOUNCING] });
      return {
        values: { REQUEST_ID: requestId, OLD_ADDRESS: BOUNCING, NEW_ADDRESS: OTHER },
        shows: { 'approvals -- list': new RegExp(requestId), 'approvals -- show': /bounce/ },
        isOver: () => isMailed(account, requestId, OTHER),
      };
    },
  },
  {
    page: 'approval-callbacks-gone',
    trouble: 'an execution that ended before its approval',
    async break(account) {
      const invited = await account.approvals.invite();
      await account.call('states', 'StopExecution', { executionArn: invited.executionArn });
      await account.approvals.decide(invited, 'approve');
      return {
        values: { REQUEST_ID: invited.requestId, EXECUTION_ARN: invited.executionArn },
        shows: {
          'describe-execution': /ABORTED/,
          'approvals -- show': /approved/,
          'audit -- export': /CallbackNotTaken/,
        },
        isOver: () => isSettled(account, invited.requestId),
      };
    },
  },
  {
    page: 'approval-effects-swept',
    trouble: 'an event source mapping that somebody disabled',
    async break(account) {
      const uuid = await account.disableMapping('CarryOut');
      const { requestId } = await account.approvals.ask();
      return {
        values: { MAPPING_ID: uuid },
        shows: { 'list-event-source-mappings': /"State":"Disabled"/ },
        isOver: async () =>
          (await mapping(account, uuid)).State === 'Enabled' && (await isMailed(account, requestId, ASKED)),
      };
    },
  },
  {
    page: 'carry-out-fails',
    trouble: 'a mail service that refuses',
    async break(account) {
      const allow = account.deny('CarryOut', 'ses:SendEmail');
      const { requestId } = await account.approvals.ask();
      return {
        shows: { 'filter-log-events': /An effect failed/ },
        mend: allow,
        isOver: () => isMailed(account, requestId, ASKED),
      };
    },
  },
  {
    page: 'sweep-fails',
    trouble: 'a table that refuses to be read',
    async break(account) {
      await account.disableMapping('CarryOut');
      const allow = account.deny('SweepApprovals', 'dynamodb:Query');
      const { requestId } = await account.approvals.ask();
      return {
        shows: { 'filter-log-events': /AccessDenied|not authorized/ },
        mend: allow,
        isOver: () => isMailed(account, requestId, ASKED),
      };
    },
  },
  {
    page: 'wake-requests-fails',
    trouble: 'a table that refuses to be written',
    async break(account) {
      const allow = account.deny('WakeRequests', 'dynamodb:PutItem');
      const reminders = { everySeconds: 600, atMost: 1 };
      const { requestId } = await account.approvals.invite({ reminders, expiresInSeconds: HOUR_SECONDS * 24 });
      return {
        shows: { 'filter-log-events': /AccessDenied|not authorized/ },
        mend: allow,
        isOver: () => isMailed(account, requestId, ASKED, 'reminder'),
      };
    },
  },
  { page: 'expense-reviews', trouble: 'a table that refuses what was approved', break: breakExpense },
];

/** The dead-letter queues of approvals. */
export const APPROVAL_DEAD_LETTER_CASES: readonly RunbookCase[] = [
  {
    page: 'approval-dead-letters',
    trouble: 'an ask that breaks its contract, and one that could not be opened',
    async break(account) {
      const queue = 'ApprovalsDeadLetterQueueUrl';
      await account.approvals.ask({ title: 'Broken', approvers: [] });
      await account.turnUntil('parked ask', async () => (await account.depth(queue)) === 1);
      const allow = account.deny('OpenRequests', 'dynamodb:PutItem');
      const { requestId } = await account.approvals.ask({ title: 'Whole' });
      await account.turnUntil('second parked ask', async () => (await account.depth(queue)) === 2);
      return {
        values: { MESSAGE_ID: () => account.messageId(queue, 'Broken') },
        shows: { 'dlq show': /poison[\s\S]*retryable|retryable[\s\S]*poison/ },
        mend: allow,
        isOver: async () => (await account.depth(queue)) === 0 && isMailed(account, requestId, ASKED),
      };
    },
  },
  {
    page: 'effect-dead-letters',
    trouble: 'a mail service that refuses for long',
    async break(account) {
      const queue = 'ApprovalEffectsDeadLetterQueueUrl';
      const allow = [account.deny('CarryOut', 'ses:SendEmail'), account.deny('SweepApprovals', 'ses:SendEmail')];
      const { requestId } = await account.approvals.ask();
      await account.turnUntil('parked pointer', async () => (await account.depth(queue)) > 0);
      return {
        shows: { 'dlq show': /pointer/ },
        mend: () => {
          for (const end of allow) end();
        },
        isOver: async () => (await account.depth(queue)) === 0 && isMailed(account, requestId, ASKED),
      };
    },
  },
  {
    page: 'wake-dead-letters',
    trouble: 'a scheduler that may not invoke',
    async break(account) {
      const queue = 'ApprovalWakesDeadLetterQueueUrl';
      const allow = account.deny('EffectsWake', 'lambda:InvokeFunction');
      const reminders = { everySeconds: 600, atMost: 1 };
      const { requestId } = await account.approvals.invite({ reminders, expiresInSeconds: HOUR_SECONDS * 24 });
      await account.turnUntil('parked wake-up', async () => (await account.depth(queue)) > 0);
      return {
        shows: { 'dlq show': /AccessDenied|not authorized/ },
        mend: allow,
        isOver: async () =>
          (await account.depth(queue)) === 0 && (await isMailed(account, requestId, ASKED, 'reminder')),
      };
    },
  },
  {
    page: 'approval-event-dead-letters',
    trouble: 'a bus that refuses events',
    async break(account) {
      const queue = 'ApprovalEventsDeadLetterQueueUrl';
      const allow = account.deny('PublishApprovalEvents', 'events:PutEvents');
      const { requestId } = await account.approvals.invite();
      await account.turnUntil('parked pointer', async () => (await account.depth(queue)) > 0);
      return {
        shows: { 'dlq show': /pointer/, 'filter-log-events': new RegExp(requestId) },
        mend: allow,
        isOver: async () => (await account.depth(queue)) === 0,
      };
    },
  },
  {
    page: 'feedback-dead-letters',
    trouble: 'a bounce of a mail that is about no request, and one that could not be noted',
    async break(account) {
      const queue = 'ApprovalFeedbackDeadLetterQueueUrl';
      await account.call('ses', 'SendEmail', {
        FromEmailAddress: 'approvals@example.com',
        Destination: { ToAddresses: [BOUNCING] },
        Content: { Simple: { Subject: { Data: 'Nothing' }, Body: { Text: { Data: 'about nothing' } } } },
        ConfigurationSetName: account.physicalId('AWS::SES::ConfigurationSet', 'Mail', 'approvals'),
        EmailTags: [{ Name: 'requestId', Value: 'a'.repeat(27) }],
      });
      await account.turnUntil('parked bounce', async () => (await account.depth(queue)) === 1);
      const allow = account.deny('MailFeedback', 'dynamodb:PutItem');
      const escalation = { afterSeconds: HOUR_SECONDS, to: ['lead@example.com'] };
      const { requestId } = await account.approvals.ask({ approvers: [BOUNCING], escalation });
      await account.turnUntil('second parked bounce', async () => (await account.depth(queue)) === 2);
      return {
        values: {
          MESSAGE_ID: () => account.messageId(queue, 'a'.repeat(27)),
          ...{ REQUEST_ID: requestId, OLD_ADDRESS: BOUNCING, NEW_ADDRESS: OTHER },
        },
        shows: { 'dlq show': /poison[\s\S]*retryable|retryable[\s\S]*poison/ },
        mend: allow,
        isOver: async () => (await account.depth(queue)) === 0 && isMailed(account, requestId, OTHER),
      };
    },
  },
];
