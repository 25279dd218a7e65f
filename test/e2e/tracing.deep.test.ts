import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  GetQueryResultsCommand,
  paginateDescribeLogGroups,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { signedFetch } from '../../bin/commands/signed-fetch';
import { ApprovalStacks, type InboxMail, type Invitation } from '../support/approvals/approval-stacks';
import { idsIn, type TraceSegment, Traces } from '../support/tracing/traces';
import { type Canaries, findingsIn, type Place } from './approvals/what-leaks';

const ORDER_ID = 'traced-order-1';
const CORRELATION_ID = 'shop-checkout-4711';
const PERSONAL: Canaries = {
  'customer’s name': 'Canary Customer-Wqz',
  'customer’s address': 'customer-wqz@canary.example',
  'approver’s address': 'approver@example.com',
  'approver’s reason': 'Canary-Reason-Wqz',
};

/** Every function that has to do with an order that is approved, from the request to the last check. */
const FUNCTIONS = [
  ...['PlaceOrder', 'StartOrders', 'ChargePayment', 'ShipOrder', 'PublishOrderEvents'],
  ...['OpenRequests', 'CarryOut', 'ApprovalPage', 'PublishApprovalEvents'],
  ...['MailCustomer', 'CallWebhook', 'ReceiveWebhook', 'CheckDeliveries'],
];

let stacks: ApprovalStacks;
let logs: CloudWatchLogsClient;
let traces: Traces;
let groups: string[];
let invitation: Invitation;
let requestId: string;
let mails: InboxMail[];
let startedAtMs: number;

beforeAll(async () => {
  stacks = await ApprovalStacks.start();
  const { url, region } = stacks.embedded;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  logs = new CloudWatchLogsClient({ endpoint: url, region, credentials, maxAttempts: 1 });
  traces = new Traces(url, region);
  startedAtMs = stacks.clock.now();
  await approvedOrder();
  groups = await logGroups();
});

afterAll(async () => {
  logs.destroy();
  await stacks.stop();
});

/** Places an order that needs an approval, with a correlation id of the shop's own, approves it, and waits until all is told. */
async function approvedOrder(): Promise<void> {
  const { orders, embedded } = stacks;
  const N = (value: number) => ({ N: String(value) });
  const price = { sku: { S: 'lamp' }, name: { S: 'lamp' }, unitPriceCents: N(250_000) };
  const Item = { ...price, onHand: N(2), held: N(0), sold: N(0) };
  await stacks.call('dynamodb', 'PutItem', { TableName: orders.StockTableName, Item });
  const signer = async () => ({ accessKeyId: 'local', secretAccessKey: 'local' });
  const api = signedFetch(orders.OrdersApiUrl!, embedded.region, signer);
  const customer = { name: PERSONAL['customer’s name'], email: PERSONAL['customer’s address'] };
  const order = { orderId: ORDER_ID, lines: [{ sku: 'lamp', quantity: 1 }], customer };
  const headers = { 'x-correlation-id': CORRELATION_ID };
  const answer = await api('POST', '/orders', JSON.stringify(order), headers);
  expect(answer.statusCode).toBe(202);
  expect(answer.headers.get('x-correlation-id')).toBe(CORRELATION_ID);

  const mail = await stacks.until('mail that asks', async () =>
    (await stacks.mails()).find(({ text, tags }) => tags.kind === 'ask' && text.includes(ORDER_ID)),
  );
  requestId = mail.tags.requestId;
  invitation = await stacks.invitation(requestId, PERSONAL['approver’s address']!);
  await stacks.decide(invitation, 'approve', { reason: PERSONAL['approver’s reason']! });
  await stacks.ended(`${orders.OrdersMachineArn!.replace(':stateMachine:', ':execution:')}:${ORDER_ID}`);
  await stacks.settled(requestId);
  const eventIds = [`${ORDER_ID}:OrderConfirmed`, `${requestId}:ApprovalRequested`, `${requestId}:ApprovalApproved`];
  for (const eventId of eventIds) {
    await stacks.until(`analytics of ${eventId}`, async () => (await analyticsOf(eventId)) && true);
    for (const target of ['mail', 'webhook']) await delivered(eventId, target);
  }
  // The check of an event's deliveries waits until the run must have ended.
  for (let minutes = 0; minutes < 15; minutes += 5) await stacks.leap(5 * 60_000);
  await stacks.until('checked deliveries', async () => {
    await stacks.idle();
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: await groupOf('CheckDeliveries') }));
    const checked = (events ?? []).filter(({ message }) => message?.includes('compared'));
    return checked.length >= eventIds.length || undefined;
  });
  mails = await stacks.mails();
  await stacks.idle();
}

const outputs = async () => {
  const { Stacks } = await stacks.call('cloudformation', 'DescribeStacks', {});
  const all = Stacks.flatMap(({ Outputs = [] }: any) => Outputs) as { OutputKey: string; OutputValue: string }[];
  return Object.fromEntries(all.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
};

async function analyticsOf(eventId: string): Promise<any> {
  const { AnalyticsTableName } = await outputs();
  const Key = { eventId: { S: eventId } };
  return (await stacks.call('dynamodb', 'GetItem', { TableName: AnalyticsTableName, Key })).Item;
}

async function delivered(eventId: string, target: string): Promise<void> {
  const { DeliveriesTableName } = await outputs();
  const Key = { eventId: { S: eventId }, target: { S: target } };
  await stacks.until(`${target} of ${eventId}`, async () => {
    const { Item } = await stacks.call('dynamodb', 'GetItem', { TableName: DeliveriesTableName, Key });
    return ['delivered', 'skipped'].includes(Item?.status.S) || undefined;
  });
}

async function logGroups(): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateDescribeLogGroups({ client: logs }, {})) {
    names.push(...(page.logGroups ?? []).map(({ logGroupName }) => logGroupName!));
  }
  return names;
}

/** The log group of a function, by a part of its name without slashes. */
async function groupOf(name: string): Promise<string> {
  const found = (await logGroups()).find(
    (group) => group.replaceAll('/', '').includes(name) && !group.includes('vendedlogs'),
  );
  if (!found) throw new Error(`There is no log group of ${name}.`);
  return found;
}

/** Those of some log groups that Logs Insights leads to. */
async function groupsWithTheId(logGroupNames: string[]): Promise<string[]> {
  const queryString = `fields @log | filter correlationId = '${CORRELATION_ID}' | limit 1000`;
  const range = { startTime: Math.floor(startedAtMs / 1000), endTime: Math.ceil(stacks.clock.now() / 1000) };
  const { queryId } = await logs.send(new StartQueryCommand({ logGroupNames, queryString, ...range }));
  const { status, results = [] } = await logs.send(new GetQueryResultsCommand({ queryId }));
  expect(status).toBe('Complete');
  return results.map((row) => row.find(({ field }) => field === '@log')!.value!);
}

/** All lines of all log groups. */
async function allLines(): Promise<{ group: string; message: string }[]> {
  const found = groups.map(async (logGroupName) => {
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    return (events ?? []).map(({ message }) => ({ group: logGroupName, message: message! }));
  });
  return (await Promise.all(found)).flat();
}

describe('the correlation id of an order', () => {
  it('stands in each line that a function writes about the order or its approval', async () => {
    const about = (await allLines()).filter(
      ({ group, message }) =>
        !group.includes('vendedlogs') && (message.includes(ORDER_ID) || message.includes(requestId)),
    );
    expect(about.length).toBeGreaterThan(20);
    const without = about.filter(({ message }) => JSON.parse(message).correlationId !== CORRELATION_ID);
    expect(without).toEqual([]);
  });

  it('leads Logs Insights to lines of every function on the way', async () => {
    const found = new Set<string>();
    // A query takes fifty groups at most.
    for (let first = 0; first < groups.length; first += 50) {
      for (const group of await groupsWithTheId(groups.slice(first, first + 50))) found.add(group);
    }
    const missing = FUNCTIONS.filter((name) => ![...found].some((group) => group.includes(name)));
    expect(missing).toEqual([]);
  });

  it('goes along in mails, webhooks and analytics', async () => {
    const about = mails.filter(
      ({ tags }) => tags.requestId === requestId || JSON.stringify(tags).includes('OrderConf'),
    );
    expect(about.length).toBeGreaterThanOrEqual(3);
    for (const { headers } of about) expect(JSON.stringify(headers)).toContain(CORRELATION_ID);
    const { ReceivedWebhooksTableName } = await outputs();
    const eventId = `${ORDER_ID}:OrderConfirmed`;
    const Key = { eventId: { S: eventId } };
    const { Item } = await stacks.call('dynamodb', 'GetItem', { TableName: ReceivedWebhooksTableName, Key });
    expect(JSON.parse(Item.body.S).data.correlationId).toBe(CORRELATION_ID);
    expect((await analyticsOf(eventId)).correlationId).toEqual({ S: CORRELATION_ID });
  });
});

describe('the traces of an order', () => {
  const byName = (segments: readonly TraceSegment[], name: string) =>
    segments.filter((segment) => segment.name.includes(name));

  it('are one from the queue on: the machine below its starter, the functions below the machine’s states', async () => {
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: await groupOf('StartOrders') }));
    const line = events!.map(({ message }) => JSON.parse(message!)).find(({ orderId }) => orderId === ORDER_ID);
    const trace = await traces.segments(line.xray_trace_id);
    const [machine] = trace.filter(({ origin }) => origin === 'AWS::StepFunctions::StateMachine');
    expect(byName(trace, 'StartOrders').flatMap(idsIn)).toContain(machine!.parent_id);
    const states = machine!.subsegments!.map(({ name }) => name);
    expect(states).toEqual([
      'ReserveStock',
      'ChargePayment',
      'AskApproval',
      'ChargePayment',
      'ShipOrder',
      'ConfirmOrder',
    ]);
    for (const name of ['ChargePayment', 'ShipOrder']) {
      for (const { parent_id } of trace.filter((one) => one.origin === 'AWS::Lambda' && one.name.includes(name))) {
        expect(idsIn(machine!)).toContain(parent_id);
      }
    }
  });

  it('are linked where a queue lies between: to who placed it, and to who is asked', async () => {
    const ids = await traces.find(startedAtMs - 60_000, stacks.clock.now() + 60_000);
    const all = (await Promise.all(ids.map((id) => traces.segments(id)))).flat();
    const linked = (to: string, from: TraceSegment[]) => {
      const links = byName(all, to).flatMap(({ links: some = [] }) => some.map(({ id }) => id));
      expect(from.flatMap(idsIn)).toEqual(expect.arrayContaining([links[0]]));
    };
    linked('StartOrders', byName(all, 'PlaceOrder'));
    const machines = all.filter(({ origin }) => origin === 'AWS::StepFunctions::StateMachine');
    linked('OpenRequests', machines);
    const edges = await traces.edges(startedAtMs - 60_000, stacks.clock.now() + 60_000);
    expect(edges.some((edge) => /PlaceOrder\S* ~> \S*StartOrders/.test(edge))).toBe(true);
  });

  it('hold no more than names: nothing of a person, no token, no link', async () => {
    const ids = await traces.find(startedAtMs - 60_000, stacks.clock.now() + 60_000);
    const places = await Promise.all(
      ids.map(async (id) => ({ name: id, text: JSON.stringify(await traces.segments(id)) })),
    );
    expect(findingsIn(places, await secrets())).toEqual([]);
  });
});

it('an order that is undone has its correlation id in the line of every undo', async () => {
  const { orders } = stacks;
  const [orderId, correlationId] = ['traced-order-2', 'producer-42'];
  const fault = { scope: { S: orderId }, operation: { S: 'book' }, fault: { S: 'decline' } };
  await stacks.call('dynamodb', 'PutItem', { TableName: orders.FaultsTableName, Item: fault });
  const price = { sku: { S: 'cup' }, name: { S: 'cup' }, unitPriceCents: { N: '100' } };
  const Item = { ...price, onHand: { N: '2' }, held: { N: '0' }, sold: { N: '0' } };
  await stacks.call('dynamodb', 'PutItem', { TableName: orders.StockTableName, Item });
  const Detail = JSON.stringify({ orderId, correlationId, lines: [{ sku: 'cup', quantity: 1 }] });
  const event = { EventBusName: orders.OrderBusName, Source: 'test.shop', DetailType: 'OrderPlaced', Detail };
  await stacks.call('events', 'PutEvents', { Entries: [event] });
  const arn = `${orders.OrdersMachineArn!.replace(':stateMachine:', ':execution:')}:${orderId}`;
  await stacks.until('execution', () =>
    stacks.call('states', 'DescribeExecution', { executionArn: arn }).catch(() => undefined),
  );
  expect((await stacks.ended(arn)).output).toContain('OrderCompensated');
  await delivered(`${orderId}:OrderCompensated`, 'webhook');
  await stacks.idle();
  const about = (await allLines()).filter(
    ({ group, message }) => !group.includes('vendedlogs') && message.includes(orderId),
  );
  const read = about.map(({ message }) => JSON.parse(message));
  // The runtime has a line of its own for an error that leaves the handler: it has the request id of one of ours.
  const ours = read.filter((line) => line.stackTrace === undefined);
  expect(ours.filter((line) => line.correlationId !== correlationId)).toEqual([]);
  const ownErrors = read.filter((line) => line.stackTrace !== undefined);
  expect(ownErrors.length).toBeGreaterThan(0);
  for (const { requestId: id } of ownErrors) expect(ours.map((line) => line.requestId)).toContain(id);
  const functions = [
    'StartOrders',
    'ShipOrder',
    'CancelShipment',
    'RefundPayment',
    'ReleaseStock',
    'PublishOrderEvents',
  ];
  const missing = functions.filter((name) => !about.some(({ group }) => group.includes(name)));
  expect(missing).toEqual([]);
});

it('a document’s correlation id leads to lines of every stage that it went through', async () => {
  const { DocumentsBucketName: Bucket, DocumentsTableName: TableName } = await outputs();
  const text = '# Lighthouse\n\nThe lighthouse keeper counts the ships.';
  await stacks.call('s3', 'PutObject', { Bucket, Key: 'documents/acme/a.md', Body: Buffer.from(text) });
  await stacks.until('document that is visible', async () => {
    const { Items } = await stacks.call('dynamodb', 'Scan', { TableName });
    return Items.some(({ status }: any) => status?.S === 'visible') || undefined;
  });
  await stacks.idle();
  const ofGroup = async (name: string) => {
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: await groupOf(name) }));
    return events!.map(({ message }) => JSON.parse(message!)).filter(({ run }) => run !== undefined);
  };
  const [{ correlationId, run }] = (await ofGroup('StartIngestion')) as [{ correlationId: string; run: string }];
  expect(correlationId).toMatch(/^[0-9a-f-]{36}$/);
  for (const stage of ['Fetch', 'Parse', 'Chunk', 'Embed', 'Upsert', 'Validate']) {
    expect(await ofGroup(`WorkflowsStages${stage}Documents`)).toMatchObject([{ correlationId, run }]);
  }
});

it('no line of any log group holds a secret or anything of a person', async () => {
  const lines = await allLines();
  const places: Place[] = lines.map(({ group, message }) => ({ name: group, text: message }));
  expect(lines.length).toBeGreaterThan(100);
  expect(findingsIn(places, await secrets())).toEqual([]);
});

/** What is planted, and what the run made: link, code and task token. */
async function secrets(): Promise<Canaries> {
  const { orders } = stacks;
  const executionArn = `${orders.OrdersMachineArn!.replace(':stateMachine:', ':execution:')}:${ORDER_ID}`;
  const { events } = await stacks.call('states', 'GetExecutionHistory', { executionArn, maxResults: 1000 });
  const asked = events.find(({ taskScheduledEventDetails: details }: any) => details?.resourceType === 'sqs');
  const { MessageBody } = JSON.parse(asked.taskScheduledEventDetails.parameters);
  const { taskToken } = MessageBody;
  expect(taskToken.length).toBeGreaterThan(40);
  return { ...PERSONAL, link: invitation.linkId, code: invitation.code, 'task token': taskToken };
}
