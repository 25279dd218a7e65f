import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createEventBridgeService } from '../../../local/services/eventbridge/router';
import { Gateway } from '../../../local/wire/gateway';
import type { Service } from '../../../local/wire/service';
import { resourceContext } from '../../support/resource-context';

const ACCOUNT = '000000000000';
const busArn = `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/orders`;
const queueArn = `arn:aws:sqs:us-east-1:${ACCOUNT}:placed`;
const context = resourceContext({ stackName: 'orders', logicalId: 'Rule', generateName: () => 'orders-Rule-1A2B' });
const user = { kind: 'user', arn: `arn:aws:iam::${ACCOUNT}:user/local`, accountId: ACCOUNT } as const;

let service: Service;
let gateway: Gateway;

beforeEach(() => {
  gateway = new Gateway({
    kernel: { clock: new SimulatedClock(), random: new SeededRandom(1) },
    warn: () => undefined,
  });
  service = createEventBridgeService(gateway);
  gateway.register(service);
});

const provider = (type: string) => service.resources!.find((resource) => resource.type === `AWS::Events::${type}`)!;
const call = (action: string, input: object) => gateway.call(user, 'events', action, input);
const rule = {
  EventBusName: 'orders',
  EventPattern: { 'detail-type': ['OrderPlaced'] },
  State: 'ENABLED',
  Targets: [{ Arn: queueArn, Id: 'Target0', RetryPolicy: { MaximumRetryAttempts: '3' } }],
};

describe('AWS::Events::EventBus', () => {
  it('gives its name as Ref and its ARN as an attribute', async () => {
    expect(await provider('EventBus').create({ Name: 'orders', Description: 'all' }, context)).toEqual({
      physicalId: 'orders',
      attributes: { Arn: busArn, Name: 'orders' },
    });
    expect(await call('DescribeEventBus', { Name: 'orders' })).toMatchObject({ Arn: busArn, Description: 'all' });
  });

  it('rejects a name that is taken, and the deletion of a bus that still has rules', async () => {
    await provider('EventBus').create({ Name: 'orders' }, context);
    await expect(async () => provider('EventBus').create({ Name: 'orders' }, context)).rejects.toThrow(
      'already exists',
    );
    await provider('Rule').create(rule, context);
    await expect(async () => provider('EventBus').delete('orders', {}, context)).rejects.toThrow('it has rules');
  });
});

describe('AWS::Events::Rule', () => {
  it('puts the rule with its targets; Ref names the bus of a rule on a custom one', async () => {
    await provider('EventBus').create({ Name: 'orders' }, context);
    expect(await provider('Rule').create(rule, context)).toEqual({
      physicalId: 'orders|orders-Rule-1A2B',
      attributes: { Arn: `arn:aws:events:us-east-1:${ACCOUNT}:rule/orders/orders-Rule-1A2B` },
    });
    const { Targets } = await call('ListTargetsByRule', { Rule: 'orders-Rule-1A2B', EventBusName: 'orders' });
    expect(Targets).toEqual([{ Arn: queueArn, Id: 'Target0', RetryPolicy: { MaximumRetryAttempts: 3 } }]);
    const { EventBusName: _, ...onDefault } = rule;
    expect(await provider('Rule').create(onDefault, context)).toMatchObject({ physicalId: 'orders-Rule-1A2B' });
  });

  it('changes in place, its targets too, and goes', async () => {
    const { EventBusName: _, ...before } = rule;
    const { physicalId } = await provider('Rule').create(before, context);
    const after = { ...before, State: 'DISABLED', Targets: [{ Arn: queueArn, Id: 'Other' }] };
    expect((await provider('Rule').update!(physicalId, after, before, context)).physicalId).toBe(physicalId);
    expect(await call('DescribeRule', { Name: physicalId })).toMatchObject({ State: 'DISABLED' });
    expect((await call('ListTargetsByRule', { Rule: physicalId })).Targets).toEqual([{ Arn: queueArn, Id: 'Other' }]);
    await provider('Rule').delete(physicalId, after, context);
    await expect(call('DescribeRule', { Name: physicalId })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  it('is replaced when it moves to another bus', async () => {
    await provider('EventBus').create({ Name: 'orders' }, context);
    const { EventBusName: _, ...before } = rule;
    const { physicalId } = await provider('Rule').create(before, context);
    const moved = await provider('Rule').update!(physicalId, rule, before, context);
    expect(moved.physicalId).toBe('orders|orders-Rule-1A2B');
  });

  it('rejects targets that are not emulated and leaves no rule behind', async () => {
    const Targets = [{ Arn: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`, Id: 'T' }];
    const { EventBusName: _, ...onDefault } = rule;
    await expect(async () => provider('Rule').create({ ...onDefault, Targets }, context)).rejects.toThrow(
      'is not emulated',
    );
    expect((await call('ListRules', {})).Rules).toEqual([]);
  });
});

describe('AWS::Events::EventBusPolicy', () => {
  it('adds a statement to the policy that decides on PutEvents, and takes it away again', async () => {
    await provider('EventBus').create({ Name: 'orders' }, context);
    const Statement = { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: busArn };
    const properties = { EventBusName: 'orders', StatementId: 'all', Statement };
    const { physicalId } = await provider('EventBusPolicy').create(properties, context);
    expect(service.resourcePolicy!(busArn)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Sid: 'all', ...Statement }],
    });
    await provider('EventBusPolicy').delete(physicalId, properties, context);
    expect(service.resourcePolicy!(busArn)).toBeUndefined();
  });
});

describe('PutEvents', () => {
  it('needs events:PutEvents on every bus that it names, except from services of AWS', () => {
    const access = service.actions.PutEvents!.access!;
    const Entries = [
      { Source: 'shop', DetailType: 'OrderPlaced', EventBusName: busArn },
      { Source: 'shop', DetailType: 'OrderPlaced' },
    ];
    const context = { 'events:source': 'shop', 'events:detail-type': 'OrderPlaced' };
    expect(access({ Entries }, { caller: user, requestId: 'r' })).toEqual([
      { action: 'events:PutEvents', resource: busArn, context },
      { action: 'events:PutEvents', resource: `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default`, context },
    ]);
    const states = { kind: 'service', principal: 'states.amazonaws.com', sourceArn: '', accountId: ACCOUNT } as const;
    expect(access({ Entries }, { caller: states, requestId: 'r' })).toEqual([]);
  });
});

describe('AWS::Events::Archive', () => {
  const archive = { SourceArn: busArn, EventPattern: { source: ['shop'] }, RetentionDays: 7, Description: 'kept' };
  const named = resourceContext({
    stackName: 'orders',
    logicalId: 'Archive',
    generateName: () => 'orders-Archive-1A2B',
  });
  const described = () => call('DescribeArchive', { ArchiveName: 'orders-Archive-1A2B' });
  beforeEach(() => provider('EventBus').create({ Name: 'orders' }, context));

  it('gives its name as Ref and its ARN as an attribute', async () => {
    expect(await provider('Archive').create(archive, named)).toEqual({
      physicalId: 'orders-Archive-1A2B',
      attributes: {
        Arn: `arn:aws:events:us-east-1:${ACCOUNT}:archive/orders-Archive-1A2B`,
        ArchiveName: 'orders-Archive-1A2B',
      },
    });
    expect(await described()).toMatchObject({ EventPattern: '{"source":["shop"]}', RetentionDays: 7 });
  });

  it('is changed in place, or replaced with another name or bus, and takes its rule along', async () => {
    const before = archive;
    const { physicalId } = await provider('Archive').create(before, named);
    const changed = { SourceArn: busArn, RetentionDays: 30 };
    expect((await provider('Archive').update!(physicalId, changed, before, named)).physicalId).toBe(physicalId);
    const { EventPattern, Description, RetentionDays } = (await described()) as any;
    expect([EventPattern, Description, RetentionDays]).toEqual([undefined, undefined, 30]);
    const other = { ...changed, ArchiveName: 'other' };
    expect((await provider('Archive').update!(physicalId, other, changed, named)).physicalId).toBe('other');
    for (const id of [physicalId, 'other', 'other']) await provider('Archive').delete(id, {}, named);
    await provider('EventBus').delete('orders', {}, context);
  });
});
