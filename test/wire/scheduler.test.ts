import {
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { FUNCTION, ROLE, SchedulerUnderTest } from '../support/scheduler-client';

const HOUR_MS = 3_600_000;
const PREFIX = 'arn:aws:scheduler:us-east-1:000000000000';

let aws: SchedulerUnderTest;
beforeEach(async () => {
  aws = new SchedulerUnderTest();
  await aws.start();
});
afterEach(() => aws.stop());

describe('schedules', () => {
  it('are made, read, changed and deleted through the unmodified SDK', async () => {
    const { ScheduleArn } = await aws.create('nightly', 'cron(0 3 * * ? *)', {
      Description: 'cleans up',
      StartDate: new Date('2026-02-01T00:00:00Z'),
    });
    expect(ScheduleArn).toBe(`${PREFIX}:schedule/default/nightly`);
    const read = () => aws.scheduler.send(new GetScheduleCommand({ Name: 'nightly' }));
    const { $metadata: _, ...first } = await read();
    expect(first).toEqual({
      Arn: ScheduleArn,
      Name: 'nightly',
      GroupName: 'default',
      ScheduleExpression: 'cron(0 3 * * ? *)',
      ScheduleExpressionTimezone: 'UTC',
      Description: 'cleans up',
      State: 'ENABLED',
      StartDate: new Date('2026-02-01T00:00:00Z'),
      CreationDate: new Date('2026-01-01T00:00:00Z'),
      LastModificationDate: new Date('2026-01-01T00:00:00Z'),
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'NONE',
      Target: {
        Arn: FUNCTION,
        RoleArn: ROLE,
        Input: '{"at":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    });
    await aws.clock.turn(HOUR_MS);
    await aws.scheduler.send(
      new UpdateScheduleCommand({
        Name: 'nightly',
        ScheduleExpression: 'rate(1 hour)',
        State: 'DISABLED',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: FUNCTION, RoleArn: ROLE },
      }),
    );
    const second = await read();
    expect(second).toMatchObject({ State: 'DISABLED', LastModificationDate: new Date('2026-01-01T01:00:00Z') });
    expect(second.Description).toBeUndefined();
    await aws.scheduler.send(new DeleteScheduleCommand({ Name: 'nightly' }));
    await expect(read()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Schedule nightly does not exist.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('are listed by group, prefix and state, a page at a time', async () => {
    await aws.scheduler.send(new CreateScheduleGroupCommand({ Name: 'reports' }));
    for (const name of ['a-1', 'a-2', 'b-1']) await aws.create(name, 'rate(1 hour)', { State: 'DISABLED' });
    await aws.create('a-1', 'rate(1 hour)', { GroupName: 'reports', Target: { Input: '{}' } });
    const names = async (input: object) => {
      const { Schedules } = await aws.scheduler.send(new ListSchedulesCommand(input));
      return Schedules!.map(({ GroupName, Name }) => `${GroupName}/${Name}`);
    };
    expect(await names({})).toEqual(['default/a-1', 'default/a-2', 'default/b-1', 'reports/a-1']);
    expect(await names({ GroupName: 'reports' })).toEqual(['reports/a-1']);
    expect(await names({ NamePrefix: 'a', State: 'DISABLED' })).toEqual(['default/a-1', 'default/a-2']);
    const page = await aws.scheduler.send(new ListSchedulesCommand({ MaxResults: 3 }));
    expect(await names({ MaxResults: 3, NextToken: page.NextToken })).toEqual(['reports/a-1']);
    await expect(names({ GroupName: 'none' })).rejects.toThrow('Schedule group none does not exist.');
  });

  it('answer the same request under the same client token as before', async () => {
    const token = { ClientToken: 'once' };
    const first = await aws.create('s', 'rate(1 day)', token);
    expect((await aws.create('s', 'rate(1 day)', token)).ScheduleArn).toBe(first.ScheduleArn);
    const conflict = { name: 'ConflictException', $metadata: expect.objectContaining({ httpStatusCode: 409 }) };
    await expect(aws.create('s', 'rate(2 days)', token)).rejects.toMatchObject(conflict);
    await expect(aws.create('s', 'rate(1 day)')).rejects.toMatchObject({
      ...conflict,
      message: 'Schedule s already exists.',
    });
  });

  it.each<[string, string, object, string]>([
    ['an expression of rules', 'every day', {}, 'Invalid Schedule Expression every day.'],
    ['a cron of five fields', 'cron(0 3 * * *)', {}, 'Invalid Schedule Expression cron(0 3 * * *).'],
    ['a day that no calendar has', 'at(2026-02-30T00:00:00)', {}, 'Invalid Schedule Expression'],
    ['a zone of no map', 'rate(1 day)', { ScheduleExpressionTimezone: 'Mars/Olympus' }, 'Timezone Mars/Olympus'],
    ['a start long ago', 'rate(1 day)', { StartDate: new Date(0) }, 'cannot be earlier than 5 minutes ago.'],
    [
      'an end before the start',
      'rate(1 day)',
      { EndDate: new Date('2025-12-31T00:00:00Z') },
      'The EndDate you specify',
    ],
    ['a window without its length', 'rate(1 day)', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, 'must be specified'],
    [
      'too many retries',
      'rate(1 day)',
      { Target: { RetryPolicy: { MaximumRetryAttempts: 186 } } },
      "Value '186' at 'target.retryPolicy.maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 185",
    ],
    [
      'a role that is none',
      'rate(1 day)',
      { Target: { RoleArn: 'admin' } },
      "Value 'admin' at 'target.roleArn' failed to satisfy constraint: Member must satisfy regular expression pattern",
    ],
    [
      'a dead-letter queue that keeps order',
      'rate(1 day)',
      { Target: { DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:000000000000:dlq.fifo' } } },
      "'target.deadLetterConfig.arn' failed to satisfy constraint",
    ],
    [
      'a service that is no target',
      'rate(1 day)',
      { Target: { Arn: 'arn:aws:s3:::bucket' } },
      's3 is not a supported service for a target',
    ],
    ['text for a function', 'rate(1 day)', { Target: { Input: 'hello' } }, 'be well-formed JSON'],
    [
      'a universal target that reads',
      'rate(1 day)',
      { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:getQueueUrl' } },
      'getQueueUrl API is not supported',
    ],
    [
      'a universal target without input',
      'rate(1 day)',
      { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage', Input: undefined } },
      'You must provide an input to set this target for your schedule',
    ],
  ])('reject %s', async (_what, expression, more, message) => {
    await expect(aws.create('s', expression, more)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
      $metadata: expect.objectContaining({ httpStatusCode: 400 }),
    });
  });

  it('reject a name with a space, and a group that is not there', async () => {
    await expect(aws.create('a b', 'rate(1 day)')).rejects.toThrow(
      "Value 'a b' at 'name' failed to satisfy constraint",
    );
    await expect(aws.create('s', 'rate(1 day)', { GroupName: 'none' })).rejects.toThrow(
      'Schedule group none does not exist.',
    );
  });
});

describe('schedule groups', () => {
  it('are made, tagged, listed and deleted with their schedules', async () => {
    const Tags = [{ Key: 'team', Value: 'orders' }];
    const made = await aws.scheduler.send(new CreateScheduleGroupCommand({ Name: 'reports', Tags }));
    const ResourceArn = made.ScheduleGroupArn!;
    expect(ResourceArn).toBe(`${PREFIX}:schedule-group/reports`);
    await aws.scheduler.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'cost', Value: '7' }] }));
    await aws.scheduler.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['team', 'none'] }));
    const tags = await aws.scheduler.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(tags.Tags).toEqual([{ Key: 'cost', Value: '7' }]);

    await aws.create('s', 'rate(1 hour)', { GroupName: 'reports', StartDate: new Date('2026-01-01T01:00:00Z') });
    const list = await aws.scheduler.send(new ListScheduleGroupsCommand({}));
    expect(list.ScheduleGroups!.map(({ Name }) => Name)).toEqual(['default', 'reports']);
    await aws.scheduler.send(new DeleteScheduleGroupCommand({ Name: 'reports' }));
    await expect(aws.scheduler.send(new GetScheduleGroupCommand({ Name: 'reports' }))).rejects.toThrow(
      'Schedule group reports does not exist.',
    );
    await aws.clock.turn(5 * HOUR_MS);
    expect(aws.payloads()).toEqual([]);
  });

  it('reject the deletion of the default group, and a name that is taken', async () => {
    await expect(aws.scheduler.send(new DeleteScheduleGroupCommand({ Name: 'default' }))).rejects.toThrow('default');
    await expect(aws.scheduler.send(new CreateScheduleGroupCommand({ Name: 'default' }))).rejects.toMatchObject({
      name: 'ConflictException',
    });
  });

  it('stop at the quota of an account', async () => {
    for (let i = 1; i < 500; i++)
      await aws.running.gateway.call(root(), 'scheduler', 'CreateScheduleGroup', { Name: `g${i}` });
    await expect(aws.scheduler.send(new CreateScheduleGroupCommand({ Name: 'more' }))).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
      $metadata: expect.objectContaining({ httpStatusCode: 402 }),
    });
  });
});

function root() {
  return { kind: 'user', arn: 'arn:aws:iam::000000000000:user/local', accountId: '000000000000' } as const;
}
