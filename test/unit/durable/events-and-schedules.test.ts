import { createEventBridgeService } from '../../../local/services/eventbridge/router';
import { createSchedulerService } from '../../../local/services/scheduler/router';
import { AwsError } from '../../../local/wire/aws-error';
import type { Service } from '../../../local/wire/service';
import { DurableServices } from '../../support/durable-services';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:target';
const ROLE = 'arn:aws:iam::000000000000:role/caller';
const MINUTE_MS = 60_000;

let payloads: string[] = [];
let fault: AwsError | undefined;
let aws: DurableServices;

/** A function that notes what it is called with, or refuses. */
function target(): Service {
  return {
    name: 'lambda',
    protocols: [],
    actions: {
      Invoke: {
        handle: ({ Payload }) => {
          if (fault) throw fault;
          payloads.push(String(Payload));
          return { StatusCode: 202 };
        },
      },
    },
  };
}

beforeEach(async () => {
  payloads = [];
  fault = undefined;
  aws = await DurableServices.start((host) => [target(), createEventBridgeService(host), createSchedulerService(host)]);
});

afterEach(() => aws.close());

const busy = () => {
  fault = new AwsError('TooManyRequestsException', 'Rate exceeded', 429);
};
const free = () => {
  fault = undefined;
};

describe('EventBridge outlives the process', () => {
  const putRule = async () => {
    await aws.call('events', 'CreateEventBus', { Name: 'orders' });
    await aws.call('events', 'PutRule', { Name: 'all', EventBusName: 'orders', EventPattern: '{"source":["shop"]}' });
    await aws.call('events', 'PutTargets', {
      Rule: 'all',
      EventBusName: 'orders',
      Targets: [{ Id: 'one', Arn: FUNCTION, InputPath: '$.detail' }],
    });
  };
  const putEvent = (detail: object) =>
    aws.call('events', 'PutEvents', {
      Entries: [{ EventBusName: 'orders', Source: 'shop', DetailType: 'x', Detail: JSON.stringify(detail) }],
    });

  it('with buses, policies, rules and targets', async () => {
    await putRule();
    await aws.call('events', 'PutPermission', {
      EventBusName: 'orders',
      StatementId: 'other',
      Action: 'events:PutEvents',
      Principal: '000000000000',
    });
    const told = async () => [
      await aws.call('events', 'DescribeEventBus', { Name: 'orders' }),
      await aws.call('events', 'ListRules', { EventBusName: 'orders' }),
      await aws.call('events', 'ListTargetsByRule', { EventBusName: 'orders', Rule: 'all' }),
    ];
    const before = await told();
    await aws.restart();
    expect(await told()).toEqual(before);
    await putEvent({ n: 1 });
    await aws.turn(0);
    expect(payloads).toEqual(['{"n":1}']);
  });

  it('with events that no target has taken yet', async () => {
    await putRule();
    busy();
    await putEvent({ n: 1 });
    await aws.turn(0);
    await aws.restart(free);
    await aws.turn(0);
    expect(payloads).toEqual(['{"n":1}']);
    expect(aws.count('events.deliveries')).toBe(0);
  });

  it('with the beat of a rule that has a schedule', async () => {
    await aws.call('events', 'PutRule', { Name: 'hourly', ScheduleExpression: 'rate(1 hour)' });
    await aws.call('events', 'PutTargets', { Rule: 'hourly', Targets: [{ Id: 'one', Arn: FUNCTION }] });
    await aws.turn(30 * MINUTE_MS);
    await aws.restart();
    await aws.turn(30 * MINUTE_MS);
    expect(payloads).toHaveLength(1);
  });

  describe('with an archive', () => {
    const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/orders';
    const archive = 'arn:aws:events:us-east-1:000000000000:archive/kept';
    const numbers = () => payloads.splice(0).map((text) => JSON.parse(text).n);

    async function archiveThree(): Promise<void> {
      await putRule();
      await aws.call('events', 'CreateArchive', { ArchiveName: 'kept', EventSourceArn: bus });
      for (const n of [1, 2, 3]) {
        await putEvent({ n });
        await aws.turn(MINUTE_MS);
      }
      expect(numbers()).toEqual([1, 2, 3]);
    }
    const replay = () =>
      aws.call('events', 'StartReplay', {
        ReplayName: 'again',
        EventSourceArn: archive,
        EventStartTime: 0,
        EventEndTime: aws.clock.now() / 1000 + 1,
        Destination: { Arn: bus },
      });
    const describe = () => aws.call('events', 'DescribeReplay', { ReplayName: 'again' });

    it('and the events in it', async () => {
      await archiveThree();
      const told = () => aws.call('events', 'DescribeArchive', { ArchiveName: 'kept' });
      const before = await told();
      expect(before.EventCount).toBe(3);
      await aws.restart();
      expect(await told()).toEqual(before);
      await putEvent({ n: 4 });
      expect((await told()).EventCount).toBe(4);
    });

    it.each([0, 1, 2, 3, 4])(
      'and a replay that is killed after %i turns: each event once more, none twice',
      async (turns) => {
        await archiveThree();
        await replay();
        for (let turn = 0; turn < turns; turn++) await aws.clock.runNext();
        await aws.restart();
        await aws.turn(1);
        expect(numbers()).toEqual([1, 2, 3]);
        expect(await describe()).toMatchObject({ State: 'COMPLETED' });
      },
    );

    it('and nothing of it once it is deleted', async () => {
      await archiveThree();
      await aws.call('events', 'DeleteArchive', { ArchiveName: 'kept' });
      await aws.restart();
      expect(aws.count('events.archivedEvents')).toBe(0);
      expect((await aws.call('events', 'ListArchives')).Archives).toEqual([]);
    });
  });

  it('without what was deleted', async () => {
    await putRule();
    await aws.call('events', 'RemoveTargets', { Rule: 'all', EventBusName: 'orders', Ids: ['one'] });
    await aws.call('events', 'DeleteRule', { Name: 'all', EventBusName: 'orders' });
    await aws.call('events', 'DeleteEventBus', { Name: 'orders' });
    await aws.restart();
    expect((await aws.call('events', 'ListEventBuses')).EventBuses.map((bus: any) => bus.Name)).toEqual(['default']);
  });

  it('with connections and their secrets', async () => {
    await aws.call('events', 'CreateConnection', {
      Name: 'carrier',
      AuthorizationType: 'BASIC',
      AuthParameters: { BasicAuthParameters: { Username: 'u', Password: 'p' } },
    });
    const { ConnectionArn } = await aws.call('events', 'DescribeConnection', { Name: 'carrier' });
    await aws.restart();
    expect(await aws.call('events', 'DescribeConnection', { Name: 'carrier' })).toMatchObject({ ConnectionArn });
  });
});

describe('Scheduler outlives the process', () => {
  const create = (Name: string, ScheduleExpression: string, more: object = {}) =>
    aws.call('scheduler', 'CreateSchedule', {
      Name,
      ScheduleExpression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: FUNCTION, RoleArn: ROLE, Input: `"${Name}"` },
      ...more,
    });
  const names = async () =>
    (await aws.call('scheduler', 'ListSchedules')).Schedules.map(({ Name }: { Name: string }) => Name);

  it('with groups, schedules and when they run next', async () => {
    await aws.call('scheduler', 'CreateScheduleGroup', { Name: 'links', Tags: [{ Key: 'a', Value: 'b' }] });
    await create('once', 'at(2026-01-01T01:00:00)', { GroupName: 'links', ActionAfterCompletion: 'DELETE' });
    await create('often', 'rate(30 minutes)');
    const before = await aws.call('scheduler', 'GetSchedule', { Name: 'once', GroupName: 'links' });
    await aws.turn(0);
    await aws.restart();
    expect(await aws.call('scheduler', 'GetSchedule', { Name: 'once', GroupName: 'links' })).toEqual(before);
    await aws.turn(60 * MINUTE_MS);
    expect(payloads).toEqual(['"often"', '"often"', '"once"', '"often"']);
    expect(await names()).toEqual(['often']);
    await aws.restart();
    expect(await names()).toEqual(['often']);
  });

  it('and runs late what was due meanwhile, once', async () => {
    await create('once', 'at(2026-01-01T00:10:00)', { ActionAfterCompletion: 'DELETE' });
    await create('often', 'rate(5 minutes)');
    await aws.turn(0);
    payloads = [];
    await aws.restart(() => aws.clock.turn(60 * MINUTE_MS));
    await aws.turn(0);
    expect(payloads.sort()).toEqual(['"often"', '"once"']);
    await aws.restart();
    await aws.turn(MINUTE_MS);
    expect(payloads).toHaveLength(2);
  });

  it('with invocations that their target has not taken yet', async () => {
    busy();
    await create('once', 'at(2026-01-01T00:10:00)', { ActionAfterCompletion: 'DELETE' });
    await aws.turn(10 * MINUTE_MS);
    await aws.restart(free);
    await aws.turn(0);
    expect(payloads).toEqual(['"once"']);
    expect(await names()).toEqual([]);
    expect(aws.count('scheduler.invocations')).toBe(0);
  });

  it('and answers a request that comes again as the first time', async () => {
    const first = await create('once', 'at(2026-01-01T00:10:00)', { ClientToken: 'token' });
    await aws.restart();
    expect(await create('once', 'at(2026-01-01T00:10:00)', { ClientToken: 'token' })).toEqual(first);
  });
});
