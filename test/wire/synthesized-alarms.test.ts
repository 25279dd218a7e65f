import { type Sample, SynthesizedAlarms } from '../support/synthesized-alarms';

let alarms: SynthesizedAlarms;
afterEach(() => alarms.close());

const counted = (service: string, name: string, value = 1, times = 1): Sample => ({
  ...{ namespace: 'Stepwright', name, dimensions: { service }, value, times },
});
const good = (service: string, value: number) => counted(service, 'WorkflowGood', value);
const bad = (service: string, value: number) => counted(service, 'WorkflowBad', value);
const budget = (service: string, rest: number) => counted(service, 'ErrorBudgetRemaining', rest);
const inLog = (name: string, value: number): Sample => ({
  ...{ namespace: 'Stepwright/Machines', name, dimensions: {}, value },
});
const saga = (count: string, value: number) => inLog(`stepwright-dev-orders-saga-${count}`, value);

/** Samples a minute that ring an alarm within five minutes. */
const WITHIN_FIVE_MINUTES: readonly [stack: string, bell: string, samples: readonly Sample[]][] = [
  ['orders', 'OrdersFailing', [good('orders', 1), bad('orders', 1), budget('orders', 1)]],
  ['orders', 'OrdersStuck', [counted('orders', 'StuckExecutions')]],
  ['orders', 'TaskStorm', [saga('TasksScheduled', 700), saga('TasksEntered', 700)]],
  ['orders', 'ZombieStopped', [counted('orders', 'StepFenced')]],
  ['orders', 'SchemaDrift', [counted('orders', 'UnknownFields')]],
  [
    'orders',
    'SecretInLogs',
    [{ namespace: 'Stepwright', name: 'stepwright-dev-orders-SecretsInLogs', dimensions: {}, value: 1 }],
  ],
  ['approvals', 'ApprovalsFailing', [bad('approvals', 1), budget('approvals', 0.5)]],
  ['approvals', 'ApprovalsUnanswered', [counted('approvals', 'PendingApprovalAgeSeconds', 60_000)]],
  ['approvals', 'ApprovalsStuck', [counted('approvals', 'StuckExecutions')]],
  ['approvals', 'SchemaDrift', [counted('approvals', 'UnknownVersion')]],
  ['ingestion', 'DocumentsFailing', [good('ingestion', 1), bad('ingestion', 1), budget('ingestion', 1)]],
  ['ingestion', 'DocumentsStuck', [counted('ingestion', 'StuckExecutions')]],
  ['ingestion', 'SchemaDrift', [counted('ingestion', 'IngestMessageRejected')]],
  ['ingestion', 'ZombieStopped', [counted('ingestion', 'StepFenced')]],
  ['fan-out', 'DeliveriesFailing', [bad('fan-out', 2)]],
  ['quotes', 'QuotesFailing', [bad('quotes', 2), good('quotes', 2), budget('quotes', 1)]],
  ['observability', 'AuditIncomplete', [counted('ingestion', 'AuditMissing')]],
  ['observability', 'CostRunaway', [inLog('stepwright-dev-ingestion-load-StatesEntered', 250)]],
  ['observability', 'Throttled', [{ namespace: 'AWS/Lambda', name: 'Throttles', dimensions: {}, value: 5 }]],
];

describe('within five minutes', () => {
  it.each(WITHIN_FIVE_MINUTES)(
    'of %s %s rings once, and is OK when the trouble is over',
    async (stack, bell, samples) => {
      alarms = await SynthesizedAlarms.start(stack, bell);
      await alarms.minutes(5, samples);
      expect(await alarms.state(bell)).toBe('ALARM');
      const healthy = samples.map((sample) => ({ ...sample, value: sample.name === 'WorkflowGood' ? 5 : 0 }));
      await alarms.minutes(12, healthy);
      expect(await alarms.state(bell)).toBe('OK');
      await alarms.minutes(5);
      expect(alarms.rung(bell)).toBe(1);
    },
  );

  it.each<[string, string, string, readonly Sample[]]>([
    ['one order of two', 'orders', 'OrdersFailing', [good('orders', 1), bad('orders', 1), budget('orders', 0)]],
    ['many tasks that all run once', 'orders', 'TaskStorm', [saga('TasksScheduled', 1500), saga('TasksEntered', 1500)]],
    ['a few retries', 'orders', 'TaskStorm', [saga('TasksScheduled', 25), saga('TasksEntered', 5)]],
    [
      'a day of parked messages',
      'orders',
      'OldestParked',
      [
        {
          namespace: 'AWS/SQS',
          name: 'ApproximateAgeOfOldestMessage',
          dimensions: { QueueName: 'ReviewQueueE5C0BD71' },
          value: 86_400,
        },
      ],
    ],
    [
      'what an hour may cost',
      'observability',
      'CostRunaway',
      [inLog('stepwright-dev-orders-saga-StatesEntered', 800), counted('orders', 'HourCostDollars', 0.2)],
    ],
  ])('%s does not ring', async (_what, stack, bell, samples) => {
    alarms = await SynthesizedAlarms.start(stack, bell);
    await alarms.minutes(1, samples);
    await alarms.minutes(6);
    expect(alarms.rung(bell)).toBe(0);
  });
});

describe('a page of failing orders', () => {
  /** 4 of 100 orders fail: 8 times as fast as the objective allows. */
  const burning = [good('orders', 96), bad('orders', 4)];

  beforeEach(async () => {
    alarms = await SynthesizedAlarms.start('orders', 'OrdersFailing');
  });

  it('does not ring while the budget would last for days', async () => {
    await alarms.minutes(10, [...burning, budget('orders', 1)]);
    expect(alarms.rung('OrdersFailing')).toBe(0);
  });

  it('rings at the same rate when that spends the rest within a day', async () => {
    await alarms.minutes(10, [...burning, budget('orders', 0.2)]);
    expect(alarms.rung('OrdersFailing')).toBe(1);
  });

  it('rings when nobody says what is left', async () => {
    await alarms.minutes(10, burning);
    expect(alarms.rung('OrdersFailing')).toBe(1);
  });

  it('does not ring for five bad minutes of a good hour with much traffic', async () => {
    await alarms.minutes(55, [good('orders', 100), budget('orders', 0)]);
    await alarms.minutes(5, [good('orders', 82), bad('orders', 18), budget('orders', 0)]);
    expect(alarms.rung('OrdersFailing')).toBe(0);
  });
});

describe('over longer times', () => {
  it.each<[string, string, number, readonly Sample[]]>([
    ['orders', 'OrdersBurning', 120, [good('orders', 90), bad('orders', 1)]],
    ['orders', 'OrdersSlow', 31, [counted('orders', 'EndToEndSeconds', 200)]],
    ['ingestion', 'DocumentsSlow', 31, [counted('ingestion', 'EndToEndSeconds', 1000)]],
    ['fan-out', 'DeliveriesSlow', 31, [counted('fan-out', 'EndToEndSeconds', 200)]],
    ['quotes', 'QuotesSlow', 31, [counted('quotes', 'EndToEndSeconds', 6)]],
    [
      'observability',
      'MonthOverBudget',
      181,
      [counted('orders', 'MonthCostDollars', 15), counted('ingestion', 'MonthCostDollars', 6)],
    ],
    ['observability', 'CostRunaway', 2, [counted('orders', 'HourCostDollars', 0.3)]],
  ])('of %s %s rings after %d minutes', async (stack, bell, count, samples) => {
    alarms = await SynthesizedAlarms.start(stack, bell);
    await alarms.minutes(count + 3, samples);
    expect(await alarms.state(bell)).toBe('ALARM');
    expect(alarms.rung(bell)).toBe(1);
  });

  it.each<[string, string, string]>([
    ['orders', 'OldestParked', 'ApproximateAgeOfOldestMessage'],
    ['approvals', 'OldestParked', 'ApproximateAgeOfOldestMessage'],
    ['ingestion', 'Throttled', 'WriteThrottleEvents'],
    ['orders', 'Throttled', 'ReadThrottleEvents'],
  ])('of %s %s rings for each %s', async (stack, bell, metric) => {
    alarms = await SynthesizedAlarms.start(stack, bell);
    const value = 4 * 86_400;
    const read = alarms.metrics(bell).filter(({ MetricName }) => MetricName === metric);
    expect(read.length).toBeGreaterThan(1);
    for (const { Namespace, MetricName, Dimensions = [] } of read) {
      const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
      await alarms.minutes(2, [{ namespace: Namespace, name: MetricName, dimensions, value }]);
      expect(await alarms.state(bell)).toBe('ALARM');
      await alarms.minutes(20);
      expect(await alarms.state(bell)).toBe('OK');
    }
  });
});

describe('the watcher', () => {
  beforeEach(async () => {
    alarms = await SynthesizedAlarms.start('observability', 'WatcherStopped');
  });

  it('is not missed before its first word, nor while it speaks', async () => {
    await alarms.minutes(30);
    expect(await alarms.state('WatcherStopped')).not.toBe('ALARM');
    await alarms.minutes(30, [counted('orders', 'StuckExecutions', 0)]);
    expect(alarms.rung('WatcherStopped')).toBe(0);
  });

  it('is missed once it falls silent, until it speaks again', async () => {
    await alarms.minutes(5, [counted('orders', 'StuckExecutions', 0)]);
    await alarms.minutes(12);
    expect(alarms.rung('WatcherStopped')).toBe(1);
    await alarms.minutes(120);
    expect(await alarms.state('WatcherStopped')).toBe('ALARM');
    await alarms.minutes(25, [counted('orders', 'StuckExecutions', 0)]);
    expect(await alarms.state('WatcherStopped')).toBe('OK');
  });
});

describe('one cause', () => {
  it('rings one bell: what is a consequence keeps silent', async () => {
    alarms = await SynthesizedAlarms.start('orders', 'OrdersDied');
    const [died] = alarms.metrics('OrdersDied').filter(({ MetricName }) => MetricName === 'ExecutionsFailed');
    const dimensions = Object.fromEntries(died!.Dimensions!.map(({ Name, Value }) => [Name, Value]));
    const failed = { namespace: 'AWS/States', name: 'ExecutionsFailed', dimensions, value: 1 };
    // What is made waits for its suppressor, too.
    await alarms.minutes(3);
    await alarms.minutes(5, [failed, bad('orders', 2)]);
    expect([await alarms.state('OrdersDied'), await alarms.state('OrdersFailing')]).toEqual(['ALARM', 'ALARM']);
    expect([alarms.rung('OrdersDied'), alarms.rung('OrdersFailing')]).toEqual([0, 1]);
  });

  it('rings for itself where the cause is another', async () => {
    alarms = await SynthesizedAlarms.start('orders', 'OrdersDied');
    const [died] = alarms.metrics('OrdersDied').filter(({ MetricName }) => MetricName === 'ExecutionsFailed');
    const dimensions = Object.fromEntries(died!.Dimensions!.map(({ Name, Value }) => [Name, Value]));
    await alarms.minutes(5, [{ namespace: 'AWS/States', name: 'ExecutionsFailed', dimensions, value: 1 }]);
    expect([alarms.rung('OrdersDied'), alarms.rung('OrdersFailing')]).toEqual([1, 0]);
  });
});
