import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import {
  ACCOUNT,
  EventBridgeUnderTest,
  everything,
  functionArn,
  machineArn,
  queueArn,
} from '../support/event-bridge-client';

let bus: EventBridgeUnderTest;

beforeEach(async () => {
  bus = new EventBridgeUnderTest();
  await bus.start();
});

afterEach(() => bus.stop());

describe('PutEvents', () => {
  it('delivers a matching event to a queue with its envelope', async () => {
    await bus.events.send(new CreateEventBusCommand({ Name: 'orders' }));
    const url = await bus.queue('placed');
    await bus.rule('placed', { 'detail-type': ['OrderPlaced'] }, [{ Arn: queueArn('placed') }], 'orders');
    const { Entries } = await bus.put({ orderId: 'o-1' }, { EventBusName: 'orders', Resources: ['arn:x'] });
    await bus.put({ orderId: 'o-2' }, { EventBusName: 'orders', DetailType: 'Other' });
    await bus.put({ orderId: 'o-3' });
    await bus.clock.turn(10_000);
    expect((await bus.messages(url)).map((message) => JSON.parse(message.Body!))).toEqual([
      {
        version: '0',
        id: Entries![0]!.EventId,
        'detail-type': 'OrderPlaced',
        source: 'shop',
        account: ACCOUNT,
        time: '2026-01-01T00:00:00Z',
        region: 'us-east-1',
        resources: ['arn:x'],
        detail: { orderId: 'o-1' },
      },
    ]);
  });

  it('keeps the time that the producer gave', async () => {
    const url = await bus.queue('all');
    await bus.rule('all', everything, [{ Arn: queueArn('all') }]);
    await bus.put({}, { Time: new Date('2020-02-03T04:05:06.789Z') });
    await bus.clock.turn(10_000);
    expect(JSON.parse((await bus.messages(url))[0]!.Body!).time).toBe('2020-02-03T04:05:06Z');
  });

  it('answers for each entry by itself', async () => {
    const result = await bus.events.send(
      new PutEventsCommand({
        Entries: [
          { Source: 'shop', DetailType: 'A', Detail: '{}' },
          { Source: 'shop', DetailType: 'A', Detail: '{' },
          { Source: 'shop', Detail: '{}' },
          { Source: 'aws.states', DetailType: 'A', Detail: '{}' },
        ],
      }),
    );
    expect(result.FailedEntryCount).toBe(3);
    expect(result.Entries!.map((entry) => entry.ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'InvalidArgument',
      'NotAuthorizedForSourceException',
    ]);
    expect(result.Entries![2]!.ErrorMessage).toBe(
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    );
  });

  it('takes events of AWS from its services', async () => {
    const url = await bus.queue('failed');
    await bus.rule('failed', { source: ['aws.states'], detail: { status: ['FAILED'] } }, [{ Arn: queueArn('failed') }]);
    const states = { kind: 'service', principal: 'states.amazonaws.com', sourceArn: machineArn, accountId: ACCOUNT };
    const entry = { Source: 'aws.states', DetailType: 'Step Functions Execution Status Change' };
    await bus.running.gateway.call(states as any, 'events', 'PutEvents', {
      Entries: [{ ...entry, Detail: '{"status":"FAILED"}', Resources: [machineArn] }],
    });
    await bus.clock.turn(10_000);
    expect(await bus.messages(url)).toHaveLength(1);
  });

  it('rejects more than ten entries and more than a megabyte', async () => {
    const entry = { Source: 'shop', DetailType: 'A', Detail: JSON.stringify({ text: 'x'.repeat(200_000) }) };
    await expect(bus.events.send(new PutEventsCommand({ Entries: Array(11).fill(entry) }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(bus.events.send(new PutEventsCommand({ Entries: Array(6).fill(entry) }))).rejects.toMatchObject({
      message: 'Total size of the entries in the request is over the limit.',
    });
  });

  it('warns that an event for a bus that is not there is lost', async () => {
    expect((await bus.put({}, { EventBusName: 'nowhere' })).FailedEntryCount).toBe(0);
    expect(bus.running.warnings.join()).toContain('there is no bus nowhere');
  });
});

describe('rules', () => {
  it('stand still while they are disabled', async () => {
    await bus.rule('react', everything, [{ Arn: functionArn }]);
    await bus.events.send(new DisableRuleCommand({ Name: 'react' }));
    await bus.put({});
    await bus.clock.turn(10_000);
    expect(bus.calls).toEqual([]);
    expect((await bus.events.send(new DescribeRuleCommand({ Name: 'react' }))).State).toBe('DISABLED');
  });

  it('keep their targets when they are put again, and lose those that are removed', async () => {
    await bus.rule('react', everything, [{ Arn: functionArn }]);
    await bus.events.send(new PutRuleCommand({ Name: 'react', EventPattern: '{"source":["x"]}' }));
    const list = () => bus.events.send(new ListTargetsByRuleCommand({ Rule: 'react' }));
    expect((await list()).Targets).toEqual([{ Id: 't0', Arn: functionArn }]);
    const removed = await bus.events.send(new RemoveTargetsCommand({ Rule: 'react', Ids: ['t0', 't9'] }));
    expect(removed.FailedEntries).toMatchObject([{ TargetId: 't9' }]);
    expect((await list()).Targets).toEqual([]);
  });

  it('rejects the deletion of a rule with targets and of a bus with rules', async () => {
    await bus.events.send(new CreateEventBusCommand({ Name: 'orders' }));
    await bus.rule('react', everything, [{ Arn: functionArn }], 'orders');
    const remove = new DeleteRuleCommand({ Name: 'react', EventBusName: 'orders' });
    await expect(bus.events.send(remove)).rejects.toMatchObject({
      message: "Rule can't be deleted since it has targets.",
    });
    await expect(bus.events.send(new DeleteEventBusCommand({ Name: 'orders' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('rejects a pattern in the words of AWS', async () => {
    const command = new PutRuleCommand({ Name: 'r', EventPattern: '{"source":"shop"}' });
    await expect(bus.events.send(command)).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
      message: 'Event pattern is not valid. Reason: "source" must be an object or an array',
    });
  });

  it('rejects a rule on a bus that is not there', async () => {
    const command = new PutRuleCommand({ Name: 'r', EventBusName: 'nowhere', EventPattern: '{"source":["x"]}' });
    await expect(bus.events.send(command)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus nowhere does not exist.',
    });
  });

  it('fire on their schedule', async () => {
    await bus.events.send(new PutRuleCommand({ Name: 'tick', ScheduleExpression: 'rate(5 minutes)' }));
    await bus.events.send(new PutTargetsCommand({ Rule: 'tick', Targets: [{ Id: 't', Arn: functionArn }] }));
    await bus.clock.turn(15 * 60_000);
    expect(bus.calls).toHaveLength(3);
    expect(JSON.parse(bus.calls[0]!.input.Payload)).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      time: '2026-01-01T00:05:00Z',
    });
    await bus.events.send(new DisableRuleCommand({ Name: 'tick' }));
    await bus.clock.turn(15 * 60_000);
    expect(bus.calls).toHaveLength(3);
  });

  it('can be tried out with an event', async () => {
    const Event = JSON.stringify({
      id: '1',
      account: ACCOUNT,
      source: 'shop',
      time: '2026-01-01T00:00:00Z',
      region: 'us-east-1',
      resources: [],
      'detail-type': 'A',
      detail: { total: 12 },
    });
    const test = async (EventPattern: string) =>
      (await bus.events.send(new TestEventPatternCommand({ EventPattern, Event }))).Result;
    expect(await test('{"detail":{"total":[{"numeric":[">",10]}]}}')).toBe(true);
    expect(await test('{"detail":{"total":[{"numeric":[">",12]}]}}')).toBe(false);
  });
});
