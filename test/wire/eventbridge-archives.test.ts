import {
  CancelReplayCommand,
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DeleteRuleCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  ListArchivesCommand,
  ListReplaysCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  StartReplayCommand,
  UpdateArchiveCommand,
} from '@aws-sdk/client-eventbridge';
import { ACCOUNT, EventBridgeUnderTest, everything, functionArn } from '../support/event-bridge-client';

const busArn = (name: string) => `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/${name}`;
const archiveArn = `arn:aws:events:us-east-1:${ACCOUNT}:archive/kept`;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('archives and replays', () => {
  let aws: EventBridgeUnderTest;
  beforeEach(async () => {
    aws = new EventBridgeUnderTest();
    await aws.start();
    await aws.events.send(new CreateEventBusCommand({ Name: 'orders' }));
  });
  afterEach(() => aws.stop());

  const create = (more: object = {}) =>
    aws.events.send(new CreateArchiveCommand({ ArchiveName: 'kept', EventSourceArn: busArn('orders'), ...more }));
  const describeArchive = () => aws.events.send(new DescribeArchiveCommand({ ArchiveName: 'kept' }));
  const describeReplay = (ReplayName = 'again') => aws.events.send(new DescribeReplayCommand({ ReplayName }));
  const place = (n: number, atMs = aws.clock.now()) => aws.put({ n }, { EventBusName: 'orders', Time: new Date(atMs) });
  const replay = (more: object = {}) =>
    aws.events.send(
      new StartReplayCommand({
        ReplayName: 'again',
        EventSourceArn: archiveArn,
        EventStartTime: new Date(aws.clock.now() - DAY_MS),
        EventEndTime: new Date(aws.clock.now() + DAY_MS),
        Destination: { Arn: busArn('orders') },
        ...more,
      }),
    );
  /** The events that the function was called with since the last look. */
  const delivered = () =>
    aws.calls.splice(0).map(({ input }) => JSON.parse(Buffer.from(input.Payload).toString()) as Record<string, any>);
  const watch = (name = 'watch') => aws.rule(name, everything, [{ Arn: functionArn }], 'orders');
  const ruleArn = (name: string) => `arn:aws:events:us-east-1:${ACCOUNT}:rule/orders/${name}`;

  it('keep the events of a bus that match, by a rule that AWS manages', async () => {
    const created = await create({ EventPattern: '{"detail":{"n":[{"numeric":["<",3]}]}}', RetentionDays: 7 });
    expect(created).toMatchObject({ ArchiveArn: archiveArn, State: 'ENABLED', CreationTime: expect.any(Date) });
    for (const n of [1, 2, 3]) await place(n);
    await aws.put({ n: 1 });
    expect(await describeArchive()).toMatchObject({
      ArchiveName: 'kept',
      EventSourceArn: busArn('orders'),
      RetentionDays: 7,
      EventCount: 2,
      SizeBytes: expect.any(Number),
    });
    const Name = 'Events-Archive-kept';
    const rule = await aws.events.send(new DescribeRuleCommand({ Name, EventBusName: 'orders' }));
    expect(rule.ManagedBy).toBe('prod.vhs.events.aws.internal');
    expect(JSON.parse(rule.EventPattern!)).toEqual({
      detail: { n: [{ numeric: ['<', 3] }] },
      'replay-name': [{ exists: false }],
    });
    const { Targets } = await aws.events.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName: 'orders' }));
    expect(Targets).toMatchObject([{ Id: Name, Arn: 'arn:aws:events:us-east-1:::' }]);
    for (const command of [
      new DeleteRuleCommand({ Name, EventBusName: 'orders' }),
      new DisableRuleCommand({ Name, EventBusName: 'orders' }),
      new PutRuleCommand({ Name, EventBusName: 'orders', EventPattern: '{"source":["x"]}' }),
    ]) {
      await expect(aws.events.send(command as DeleteRuleCommand)).rejects.toMatchObject({
        name: 'ManagedRuleException',
      });
    }
  });

  it('are listed, changed and deleted, with their rule', async () => {
    await create();
    await place(1);
    await aws.events.send(new UpdateArchiveCommand({ ArchiveName: 'kept', EventPattern: '{"source":["nobody"]}' }));
    await place(2);
    const { Archives } = await aws.events.send(new ListArchivesCommand({ NamePrefix: 'ke' }));
    expect(Archives).toMatchObject([{ ArchiveName: 'kept', EventCount: 1, RetentionDays: 0, State: 'ENABLED' }]);
    await aws.events.send(new DeleteArchiveCommand({ ArchiveName: 'kept' }));
    await expect(describeArchive()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Archive kept does not exist.',
    });
    await expect(
      aws.events.send(new DescribeRuleCommand({ Name: 'Events-Archive-kept', EventBusName: 'orders' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('forget events after their retention', async () => {
    await create({ RetentionDays: 2 });
    await place(1);
    await aws.clock.turn(DAY_MS);
    await place(2);
    await aws.clock.turn(DAY_MS);
    expect(await describeArchive()).toMatchObject({ EventCount: 1 });
    await watch();
    await replay({ EventStartTime: new Date(0) });
    await aws.clock.turn(1);
    expect(delivered().map(({ detail }) => detail.n)).toEqual([2]);
  });

  it('replay events as they were, with the name of the replay, and archive none of them again', async () => {
    await create();
    await watch();
    await place(1);
    await aws.clock.turn(1);
    const [first] = delivered();
    await aws.clock.turn(MINUTE_MS);
    expect(await replay({ Description: 'after the repair' })).toMatchObject({
      ReplayArn: `arn:aws:events:us-east-1:${ACCOUNT}:replay/again`,
      State: 'STARTING',
    });
    await aws.clock.turn(1);
    expect(delivered()).toEqual([{ ...first, 'replay-name': 'again' }]);
    expect(await describeReplay()).toMatchObject({
      Description: 'after the repair',
      State: 'COMPLETED',
      EventSourceArn: archiveArn,
      Destination: { Arn: busArn('orders') },
      EventLastReplayedTime: new Date(first!.time),
      ReplayEndTime: expect.any(Date),
    });
    expect(await describeArchive()).toMatchObject({ EventCount: 1 });
    const { Replays } = await aws.events.send(new ListReplaysCommand({ State: 'COMPLETED' }));
    expect(Replays).toMatchObject([{ ReplayName: 'again', State: 'COMPLETED' }]);
  });

  it('replay minute by minute of the time in the events, whatever order they came in', async () => {
    await create();
    const startMs = Math.ceil(aws.clock.now() / MINUTE_MS) * MINUTE_MS;
    for (const [n, minute] of [
      [3, 2],
      [1, 0],
      [2, 1],
      [4, 2],
    ] as const) {
      await place(n, startMs + minute * MINUTE_MS);
    }
    await watch();
    await replay();
    await aws.clock.turn(1);
    const order = delivered().map(({ detail }) => detail.n);
    expect([order.slice(0, 2), order.slice(2).sort()]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('replay what lies between two moments, the first included, the second not', async () => {
    await create();
    const startMs = Math.ceil(aws.clock.now() / 1000) * 1000;
    for (const n of [0, 1, 2]) await place(n, startMs + n * 1000);
    await watch();
    await replay({ EventStartTime: new Date(startMs), EventEndTime: new Date(startMs + 2000) });
    await aws.clock.turn(1);
    expect(delivered().map(({ detail }) => detail.n)).toEqual([0, 1]);
  });

  it('replay to the chosen rules alone', async () => {
    await create();
    await place(1);
    await watch('one');
    await watch('two');
    await replay({ Destination: { Arn: busArn('orders'), FilterArns: [ruleArn('two')] } });
    await aws.clock.turn(1);
    expect(aws.calls).toHaveLength(1);
    expect(aws.calls[0]!.caller).toMatchObject({ sourceArn: ruleArn('two') });
  });

  it('cancel a replay once, at the end of a minute', async () => {
    await create();
    for (const n of [1, 2, 3]) await place(n, aws.clock.now() + n * MINUTE_MS);
    await watch();
    await replay();
    const cancel = () => aws.events.send(new CancelReplayCommand({ ReplayName: 'again' }));
    expect(await cancel()).toMatchObject({ State: 'CANCELLING' });
    await aws.clock.turn(1);
    expect(delivered()).toEqual([]);
    expect(await describeReplay()).toMatchObject({ State: 'CANCELLED' });
    await expect(cancel()).rejects.toMatchObject({
      name: 'IllegalStatusException',
      message: 'Replay again is not in a valid state for this operation.',
    });
  });

  it.each([
    [
      'an archive that is not there',
      { EventSourceArn: archiveArn.replace('kept', 'lost') },
      'Archive lost does not exist.',
    ],
    ['another bus', { Destination: { Arn: busArn('default') } }, 'Cross event bus replay is not permitted.'],
    ['no bus', { Destination: { Arn: functionArn } }, 'Must contain an event bus ARN.'],
    [
      'a source that is no archive',
      { EventSourceArn: busArn('orders') },
      'EventSourceArn must contain an archive ARN.',
    ],
    ['an end before its start', { EventEndTime: new Date(0) }, 'EventStartTime must be before EventEndTime.'],
  ])('reject a replay to or from %s', async (_what, change, message) => {
    await create();
    await expect(replay(change)).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  it('reject a second archive or replay of the same name, and a pattern that is none', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    await replay();
    await expect(replay()).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Replay again already exists.',
    });
    await expect(create({ ArchiveName: 'other', EventPattern: '{"source":"shop"}' })).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
    });
    const { Archives } = await aws.events.send(new ListArchivesCommand({}));
    expect(Archives).toHaveLength(1);
  });
});
