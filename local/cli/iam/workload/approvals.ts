import type { WorkloadAccount } from './account';
import { DEAR_SKU, order, publish, received, saga } from './orders';

const HOUR_SECONDS = 3_600;

const ASK = {
  title: 'Laptop for Anna',
  requester: { name: 'Anna', email: 'anna@example.com' },
  payload: { amount: 1200 },
  approvers: ['ben@example.com'],
  expiresInSeconds: 7 * 24 * HOUR_SECONDS,
};

/** A link and its code, as they are mailed. */
interface Invitation {
  readonly requestId: string;
  readonly url: string;
  readonly code: string;
}

/** Requests that are decided, refused, reassigned, reminded of, woken and swept. */
export async function askForApprovals(account: WorkloadAccount): Promise<void> {
  const asker = await Asker.create(account);
  const [first] = await Promise.all([
    approvedOrder(account, asker),
    asker.ask('rejected').then((invitation) => asker.decide(invitation, 'reject')),
    expense(account, asker),
    unreadable(account, asker),
    bounced(account, asker),
    operated(account, asker),
  ]);
  await refusedAction(account, first.requestId);
  await wokenAndSwept(account, asker);
}

/** An order above the limit: asked, approved, charged. */
async function approvedOrder(account: WorkloadAccount, asker: Asker): Promise<Invitation> {
  await publish(account, order('dear', DEAR_SKU));
  const invitation = await asker.invitation('dear');
  await account.fetch(invitation.url, { method: 'HEAD' });
  await asker.decide({ ...invitation, code: '000000' }, 'approve');
  await asker.decide(invitation, 'approve');
  await account.end(saga(account, 'dear'));
  return invitation;
}

/** A payment whose approval is for something else: it is refused, and the refusal is reported. */
async function refusedAction(account: WorkloadAccount, requestId: string): Promise<void> {
  const [FunctionName] = await account.functionNames('ChargePayment');
  const lines = [{ sku: 'desk', quantity: 1, unitPriceCents: 500_000 }];
  const approval = { decision: 'approved', requestId, payloadHash: 'A'.repeat(43) };
  const Payload = JSON.stringify({ orderId: 'other', currency: 'EUR', totalCents: 500_000, lines, approval });
  await account.call('lambda', 'Invoke', { FunctionName, Payload: Buffer.from(Payload) });
}

/** An expense that is approved and recorded, and one that nobody can be asked about. */
async function expense(account: WorkloadAccount, asker: Asker): Promise<void> {
  const start = async (expenseId: string, email: string) => {
    const requester = { name: 'Ann', email };
    const { executionArn } = await account.call('states', 'StartExecution', {
      stateMachineArn: account.output('ExpenseMachineArn'),
      input: JSON.stringify({ expenseId, amountCents: 1, currency: 'EUR', purpose: 'tickets', requester }),
    });
    return executionArn;
  };
  const refused = await start('unaddressed', 'no address');
  const asked = await start('expense-one', 'ann@example.com');
  await asker.decide(await asker.invitation('expense-one'), 'approve');
  await account.end(asked);
  await account.end(refused);
}

/** An ask and a report of SES that nobody can make sense of. */
async function unreadable(account: WorkloadAccount, asker: Asker): Promise<void> {
  await asker.start('unreadable', { expiresInSeconds: 1 });
  await account.until('the ask in the dead-letter queue', () =>
    received(account, account.output('ApprovalsDeadLetterQueueUrl')),
  );
  const [QueueUrl] = await account.idsOf('AWS::SQS::Queue', /FeedbackQueue[0-9A-F]{8}$/);
  await account.call('sqs', 'SendMessage', { QueueUrl, MessageBody: '{}' });
  await account.until('the report in the dead-letter queue', () =>
    received(account, account.output('ApprovalFeedbackDeadLetterQueueUrl')),
  );
}

/** A mail that comes back. */
async function bounced(account: WorkloadAccount, asker: Asker): Promise<void> {
  await asker.start('bounced', { approvers: ['bounce@simulator.amazonses.com'] });
  const TableName = account.output('ApprovalsTableName');
  await account.until('the bounce on its request', async () => {
    const { Items } = await account.call('dynamodb', 'Scan', { TableName });
    const isNoted = ({ request }: any) => request && JSON.parse(request.S).undeliverable?.length > 0;
    return Items.find(isNoted);
  });
}

/** What operators do. */
async function operated(account: WorkloadAccount, asker: Asker): Promise<void> {
  const { requestId } = await asker.ask('operated');
  const http = (method: string, path: string, body?: object) =>
    account.http('ApprovalsApiUrl', method, `/approvals${path}`, body);
  await http('GET', '?status=pending');
  await http('GET', `/${requestId}`);
  await http('POST', `/${requestId}/remind`, {});
  await http('POST', `/${requestId}/reassign`, { from: 'ben@example.com', to: 'eve@example.com' });
  await http('POST', `/${requestId}/revoke`, { reason: 'Not needed.' });
}

/** Reminders by their schedules; then the table's stream is off for an hour, and the sweeper does what it left. */
async function wokenAndSwept(account: WorkloadAccount, asker: Asker): Promise<void> {
  const reminders = { everySeconds: HOUR_SECONDS, atMost: 1 };
  await asker.ask('reminded', { reminders });
  await account.leap(HOUR_SECONDS + 2);
  await asker.invitation('reminded', 'reminder');
  const [approved, rejected] = [await asker.ask('swept-one'), await asker.ask('swept-two')];
  await account.idle();
  const mapping = await mappingOf(account, 'CarryOut');
  await account.call('lambda', 'UpdateEventSourceMapping', { UUID: mapping, Enabled: false });
  await asker.decide(approved, 'approve');
  await asker.decide(rejected, 'reject');
  await asker.start('swept-three', { reminders });
  await asker.opened('swept-three');
  await account.leap(HOUR_SECONDS);
  await asker.invitation('swept-three');
  await Promise.all([approved, rejected].map(({ requestId }) => asker.answered(requestId)));
  await account.call('lambda', 'UpdateEventSourceMapping', { UUID: mapping, Enabled: true });
}

async function mappingOf(account: WorkloadAccount, functionName: string): Promise<string> {
  const [FunctionName] = await account.functionNames(functionName);
  const { EventSourceMappings } = await account.call('lambda', 'ListEventSourceMappings', { FunctionName });
  return EventSourceMappings[0].UUID;
}

/** A machine that asks whatever it is told, as the expense machine's role; and the people who are asked. */
class Asker {
  private constructor(
    private readonly account: WorkloadAccount,
    private readonly stateMachineArn: string,
  ) {}

  static async create(account: WorkloadAccount): Promise<Asker> {
    const { roleArn } = await account.call('states', 'DescribeStateMachine', {
      stateMachineArn: account.output('ExpenseMachineArn'),
    });
    const own = [
      "'kind': 'ask'",
      "'version': 1",
      "'requestKey': $states.context.Execution.Id",
      "'attempt': 0",
      "'taskToken': $states.context.Task.Token",
      "'askedAt': $states.context.State.EnteredTime",
    ];
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: {
        QueueUrl: account.output('ApprovalsQueueUrl'),
        MessageBody: `{% $merge([$states.input, {${own.join(', ')}}]) %}`,
      },
      End: true,
    };
    const definition = { QueryLanguage: 'JSONata', StartAt: 'Ask', States: { Ask: state } };
    const { stateMachineArn } = await account.call('states', 'CreateStateMachine', {
      name: 'asker',
      roleArn,
      definition: JSON.stringify(definition),
    });
    return new Asker(account, stateMachineArn);
  }

  /** Asks, and waits for nothing. */
  async start(title: string, changes: object = {}): Promise<void> {
    const { stateMachineArn } = this;
    const input = JSON.stringify({ ...ASK, ...changes, title });
    await this.account.call('states', 'StartExecution', { stateMachineArn, name: title, input });
  }

  /** Asks, and waits for the mail. */
  async ask(title: string, changes: object = {}): Promise<Invitation> {
    await this.start(title, changes);
    return this.invitation(title);
  }

  /** The link and the code of the mail about a title. */
  invitation(title: string, kind = 'ask'): Promise<Invitation> {
    return this.account.until(`the mail about ${title}`, async () => {
      const { messages } = await this.account.inbox('');
      for (const { id, tags } of messages) {
        if (tags.kind !== kind) continue;
        const { text } = await this.account.inbox(`/${id}`);
        const url = /https?:\/\/\S+\/a\/[\w-]{32}/.exec(text)?.[0];
        const code = /^Your code: (\d{3}) (\d{3})$/m.exec(text);
        if (text.includes(title) && url && code)
          return { requestId: tags.requestId, url, code: `${code[1]}${code[2]}` };
      }
      return undefined;
    });
  }

  /** Waits until a request is in the table. */
  opened(title: string): Promise<unknown> {
    return this.account.until(`the request ${title}`, async () => {
      const { Items } = await this.account.call('dynamodb', 'Scan', {
        TableName: this.account.output('ApprovalsTableName'),
      });
      return Items.find(({ request }: any) => request?.S.includes(title));
    });
  }

  /** Opens the page and sends its form. */
  async decide({ url, code }: Invitation, decision: 'approve' | 'reject'): Promise<void> {
    const page = await this.account.fetch(url);
    const payloadHash = /name="payloadHash" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const body = new URLSearchParams({ act: 'decide', payloadHash, decision, code, reason: 'As agreed.' });
    await this.account.fetch(url, { method: 'POST', body });
  }

  /** Waits until the workflow was told of a decision. */
  answered(requestId: string): Promise<string> {
    const Key = { pk: { S: `request#${requestId}` }, sk: { S: 'request' } };
    return this.account.until(`the answer to ${requestId}`, async () => {
      const TableName = this.account.output('ApprovalsTableName');
      const { Item } = await this.account.call('dynamodb', 'GetItem', { TableName, Key, ConsistentRead: true });
      return JSON.parse(Item.request.S).callback === 'delivered' ? requestId : undefined;
    });
  }
}
