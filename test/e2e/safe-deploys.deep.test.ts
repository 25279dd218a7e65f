import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { LeapingClock } from '../../local/kernel/leaping-clock';
import { SystemRandom } from '../../local/kernel/random';
import type { LambdaService } from '../../local/services/lambda/router';
import { administrator } from '../../local/wire/gateway';
import { canaryAssembly, editFunction, editSaga } from '../support/deployments/canary-assembly';

const CANARY = { type: 'canary', percentage: 10, intervalMinutes: 10, failures: 2 } as const;
const MINUTE_MS = 60_000;
const ORDERS_A_MINUTE = 60;
const ON_HAND = 10_000;
/** A lathe costs more than an order may without an approval. */
const PRICES_CENTS = { cup: 100, lathe: 200_000 };
/** How long is waited for what the functions do in their own time, in milliseconds of the machine. */
const PATIENCE_MS = 240_000;

/** Fails a fifth of all orders at the pivot, for good: by their names, since whoever tries again must fail again. */
const failAFifth = (definition: any) => {
  const { Arguments } = definition.States.ConfirmOrder;
  Arguments.TransactItems = Arguments.TransactItems.replace(
    '{% (',
    `{% ( $assert($substring($hash($states.context.Execution.Name, 'SHA-256'), 0, 2) >= '33', 'planted'); `,
  );
};

const isWaitingOnNew = ({ status, version }: { status: string; version: string }) =>
  status === 'RUNNING' && version === 'v2';

describe('a canary of a definition that fails a fifth of all orders', () => {
  const clock = new LeapingClock();
  const placed: string[] = [];
  const warnings: string[] = [];
  let embedded: EmbeddedAws;
  let outputs: Record<string, string>;
  let beganAt = 0;
  let endedAt = 0;

  beforeAll(async () => {
    const kernel = { clock, random: new SystemRandom() };
    embedded = await startEmbeddedAws({ port: 0, kernel, warn: (line) => warnings.push(line) });
    outputs = await deploy(canaryAssembly(CANARY, 'good'));
    for (const [sku, cents] of Object.entries(PRICES_CENTS)) {
      const Item = {
        ...{ sku: { S: sku }, name: { S: sku }, unitPriceCents: { N: String(cents) } },
        ...{ onHand: { N: String(ON_HAND) }, held: { N: '0' }, sold: { N: '0' } },
      };
      await call('dynamodb', 'PutItem', { TableName: outputs.StockTableName, Item });
    }
  });

  afterAll(() => embedded.stop());

  it('is taken back within ten minutes, by itself', async () => {
    await place('before', 1, 'lathe');
    await quiet();
    const folder = canaryAssembly(CANARY, 'planted', (resources) => {
      editSaga(resources, failAFifth);
      editFunction(resources, 'RefundPayment', 'Planted');
    });
    beganAt = clock.now();
    let end: string | undefined;
    deploy(folder).then(
      () => (end = 'done'),
      (error: Error) => (end = error.message),
    );
    await until('a canary', async () => ((await weights()).v2 === 10 ? true : undefined));
    // Until one that waits for a person runs on the new version.
    for (let batch = 0; !(await executions()).some(isWaitingOnNew); batch++) {
      await place(`large${batch}`, 10, 'lathe');
      await quiet();
    }
    for (let minute = 0; minute < 10 && end === undefined; minute++) {
      await place(`minute${minute}`, ORDERS_A_MINUTE, 'cup');
      await quiet();
      await leap(MINUTE_MS);
    }
    await until('end of the trial', async () => end);
    endedAt = clock.now();
    // All of its executions succeed, since undoing is what they are for: only the count of the release notices.
    expect(end).toMatch(
      /The following CloudWatch alarms are in an 'ALARM' state: \[\S+-saga-NewReleaseFails-planted\]/,
    );
    expect((endedAt - beganAt) / MINUTE_MS).toBeLessThanOrEqual(10);
    expect(await weights()).toEqual({ v1: 100 });
    const { Stacks } = await call('cloudformation', 'DescribeStacks', {});
    expect(Stacks.map(({ StackStatus }: any) => StackStatus)).toContain('UPDATE_ROLLBACK_COMPLETE');
  });

  it('tries it on about a tenth of the orders', async () => {
    const all = await executions();
    const v2 = all.filter(({ version }) => version === 'v2');
    const share = v2.length / all.length;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.3);
    expect(v2.some(isWaitingOnNew)).toBe(true);
  });

  it('starts all orders by the version before from then on', async () => {
    await place('after', 20, 'cup');
    await quiet();
    const after = (await executions()).filter(({ name }) => name.startsWith('after'));
    expect(after).toHaveLength(20);
    expect(new Set(after.map(({ version }) => version))).toEqual(new Set(['v1']));
    expect(new Set(after.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
  });

  it('lets the executions of both versions end, those that wait for a person too', async () => {
    await leap(25 * 60 * MINUTE_MS);
    await until('the last end', async () => {
      const running = (await executions()).filter(({ status }) => status === 'RUNNING');
      if (running.length === 0) return true;
      await leap(MINUTE_MS);
      return undefined;
    });
    const ends = (await executions()).map(({ status, version }) => `${version} ${status}`);
    expect(new Set(ends)).toEqual(new Set(['v1 SUCCEEDED', 'v2 SUCCEEDED']));
  });

  it('loses no order: each has its end, its money and its stock', async () => {
    const rows = await scan(outputs.OrdersTableName!);
    expect(rows.map(({ orderId }) => orderId.S).sort()).toEqual([...placed].sort());
    expect(new Set(rows.map(({ status }) => status.S))).toEqual(new Set(['OrderCompensated', 'OrderConfirmed']));
    const confirmed = rows.filter(({ status }) => status.S === 'OrderConfirmed').length;

    const stock = await scan(outputs.StockTableName!);
    const total = (member: string) => stock.reduce((sum, row) => sum + Number(row[member].N), 0);
    expect([total('onHand'), total('held'), total('sold')]).toEqual([2 * ON_HAND - confirmed, 0, confirmed]);

    const payments = await scan(outputs.PaymentsTableName!);
    const captured = payments.filter(({ state }) => state?.S === 'captured');
    expect(captured).toHaveLength(confirmed);
    const depth = await Promise.all(
      [outputs.OrderDeadLetterQueueUrl, outputs.RecoveryDeadLetterQueueUrl, outputs.ReviewQueueUrl].map(messages),
    );
    expect(depth).toEqual([0, 0, 0]);
  });

  it('takes the mended definition, once a function that did not change since counts as another', async () => {
    const mended = (variable: string) =>
      canaryAssembly(CANARY, 'mended', (resources) => editFunction(resources, 'RefundPayment', variable));
    await expect(deploy(mended('Planted'))).rejects.toThrow('A version for this Lambda function exists ( 2 ).');
    let end: string | undefined;
    deploy(mended('Attempt')).then(
      () => (end = 'done'),
      (error: Error) => (end = error.message),
    );
    await until('a canary', async () => (Object.keys(await weights()).length === 2 ? true : undefined));
    await until('end of the trial', async () => {
      if (end === undefined) await leap(MINUTE_MS);
      return end;
    });
    expect(end).toBe('done');
    expect(Object.values(await weights())).toEqual([100]);
    await place('mended', 20, 'cup');
    await quiet();
    const all = (await executions()).filter(({ name }) => name.startsWith('mended'));
    expect(new Set(all.map(({ status, version }) => `${version === 'v1'} ${status}`))).toEqual(
      new Set(['false SUCCEEDED']),
    );
    expect(all).toHaveLength(20);
  });

  function call(service: string, action: string, input: object): Promise<any> {
    return embedded.gateway.call(administrator(embedded.accountId), service, action, input);
  }

  async function deploy(folder: string): Promise<Record<string, string>> {
    return Object.values(await embedded.deploy(folder)).find((stack) => stack.OrdersMachineArn)!;
  }

  /** Places orders of one piece each. */
  async function place(name: string, count: number, sku: keyof typeof PRICES_CENTS): Promise<void> {
    const ids = Array.from({ length: count }, (_, index) => `${name}-${index}`);
    placed.push(...ids);
    for (let from = 0; from < ids.length; from += 10) {
      const Entries = ids.slice(from, from + 10).map((orderId) => ({
        EventBusName: outputs.OrderBusName,
        Source: 'test.shop',
        DetailType: 'OrderPlaced',
        Detail: JSON.stringify({ orderId, lines: [{ sku, quantity: 1 }] }),
      }));
      await call('events', 'PutEvents', { Entries });
    }
  }

  /** `version: weight` of the saga's alias. */
  async function weights(): Promise<Record<string, number>> {
    const stateMachineAliasArn = outputs.OrdersAliasArn;
    const { routingConfiguration } = await call('states', 'DescribeStateMachineAlias', { stateMachineAliasArn });
    return Object.fromEntries(
      routingConfiguration.map(({ stateMachineVersionArn: arn, weight }: any) => [`v${arn.split(':').at(-1)}`, weight]),
    );
  }

  /** All executions of the saga, with their versions. */
  async function executions(): Promise<{ name: string; status: string; version: string }[]> {
    const found: any[] = [];
    let nextToken: string | undefined;
    do {
      const stateMachineArn = outputs.OrdersMachineArn;
      const page = await call('states', 'ListExecutions', { stateMachineArn, maxResults: 1000, nextToken });
      found.push(...page.executions);
      nextToken = page.nextToken;
    } while (nextToken);
    return found.map(({ name, status, stateMachineVersionArn: arn }) => ({
      name,
      status,
      version: `v${arn.split(':').at(-1)}`,
    }));
  }

  async function scan(TableName: string): Promise<Record<string, any>[]> {
    const items: Record<string, any>[] = [];
    let ExclusiveStartKey: object | undefined;
    do {
      const page = await call('dynamodb', 'Scan', { TableName, ExclusiveStartKey });
      items.push(...page.Items);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return items;
  }

  async function messages(QueueUrl: string | undefined): Promise<number> {
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
    const { Attributes } = await call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames });
    return Object.values<string>(Attributes).reduce((sum, count) => sum + Number(count), 0);
  }

  /** Waits until each order that was placed has ended, or waits for an approval. */
  async function quiet(): Promise<void> {
    await until('rest', async () => {
      const all = await executions();
      const isAsked = (name: string) => name.startsWith('large') || name.startsWith('before');
      const isAtRest = all.every(({ name, status }) => status !== 'RUNNING' || isAsked(name));
      return all.length === placed.length && isAtRest ? true : undefined;
    });
    await idle();
  }

  async function idle(): Promise<void> {
    const lambda = embedded.gateway.registered.find(({ name }) => name === 'lambda') as LambdaService;
    await lambda.whenIdle();
    await lambda.flushLogs();
  }

  /** Goes forward in time while no function runs. */
  async function leap(durationMs: number): Promise<void> {
    await idle();
    clock.leap(durationMs);
    await nextTurn();
  }

  /** Asks again and again, between other work of this process, until there is an answer. */
  async function until<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      const found = await probe();
      if (found !== undefined) return found;
      await nextTurn();
    }
    throw new Error(`There is no ${what} after ${PATIENCE_MS / 1000} s. Warnings: ${warnings.join('\n')}`);
  }

  /** Lets the sockets of the workers be served. */
  async function nextTurn(): Promise<void> {
    await fetch(`${embedded.url}/inbox`).then((response) => response.text());
  }
});
