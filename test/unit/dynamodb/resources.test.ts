import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createDynamoDbService } from '../../../local/services/dynamodb/router';
import { administrator, Gateway } from '../../../local/wire/gateway';
import { resourceContext } from '../../support/resource-context';

const context = resourceContext({ logicalId: 'Table', generateName: () => 'stack-Table-ABC' });

const globalTable = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
  Replicas: [
    {
      Region: 'us-east-1',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      Tags: [{ Key: 'stage', Value: 'dev' }],
    },
  ],
};
const unprotected = { ...globalTable, Replicas: [{ Region: 'us-east-1' }] };

describe('AWS::DynamoDB::GlobalTable', () => {
  const start = () => {
    const gateway = new Gateway({ kernel: { clock: new SimulatedClock(), random: new SeededRandom(1) } });
    const service = createDynamoDbService(gateway);
    gateway.register(service);
    const provider = service.resources!.find(({ type }) => type === 'AWS::DynamoDB::GlobalTable')!;
    const call = (action: string, input: object) =>
      gateway.call(administrator(gateway.accountId), 'dynamodb', action, input);
    return { provider, call };
  };

  it('makes a table with its stream, time to live, protection, recovery and tags', async () => {
    const { provider, call } = start();
    const { physicalId, attributes } = await provider.create(globalTable, context);
    expect(physicalId).toBe('stack-Table-ABC');
    expect(attributes).toEqual({
      Arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/stack-Table-ABC',
      TableId: expect.any(String),
      StreamArn: expect.stringContaining(':table/stack-Table-ABC/stream/2026-01-01T00:00:00.000'),
    });
    const { Table } = await call('DescribeTable', { TableName: physicalId });
    expect(Table).toMatchObject({
      DeletionProtectionEnabled: true,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    expect((await call('DescribeTimeToLive', { TableName: physicalId })).TimeToLiveDescription.AttributeName).toBe(
      'expiration',
    );
    expect((await call('ListTagsOfResource', { ResourceArn: attributes!.Arn })).Tags).toEqual([
      { Key: 'stage', Value: 'dev' },
    ]);
  });

  it('changes settings in place and keeps the items', async () => {
    const { provider, call } = start();
    const { physicalId } = await provider.create(globalTable, context);
    await call('PutItem', { TableName: physicalId, Item: { id: { S: 'a' }, owner: { S: 'ann' } } });
    const changed = {
      ...unprotected,
      StreamSpecification: undefined,
      TimeToLiveSpecification: undefined,
      AttributeDefinitions: [...globalTable.AttributeDefinitions, { AttributeName: 'owner', AttributeType: 'S' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-owner',
          KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    };
    const updated = await provider.update!(physicalId, changed, globalTable, context);
    expect(updated.physicalId).toBe(physicalId);
    const { Table } = await call('DescribeTable', { TableName: physicalId });
    expect(Table).toMatchObject({ DeletionProtectionEnabled: false, ItemCount: 1 });
    expect(Table).not.toHaveProperty('StreamSpecification');
    expect(Table.GlobalSecondaryIndexes[0]).toMatchObject({ IndexName: 'by-owner', ItemCount: 1 });
    const back = await provider.update!(physicalId, unprotected, changed, context);
    expect(back.attributes).toHaveProperty('StreamArn');
  });

  it('is replaced when its key changes', async () => {
    const { provider } = start();
    const { physicalId } = await provider.create(unprotected, context);
    const changed = {
      ...unprotected,
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    };
    const renamed = { ...context, generateName: () => 'stack-Table-DEF' };
    const updated = await provider.update!(physicalId, changed, unprotected, renamed);
    expect(updated.physicalId).toBe('stack-Table-DEF');
  });

  it('rejects being replaced under a name of its own', async () => {
    const { provider } = start();
    const named = { ...unprotected, TableName: 'orders' };
    const { physicalId } = await provider.create(named, context);
    const changed = {
      ...named,
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    };
    expect(() => provider.update!(physicalId, changed, named, context)).toThrow(
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename orders and update the stack again.',
    );
  });

  it('rejects being deleted while it is protected, and is gone when it is not', async () => {
    const { provider, call } = start();
    const { physicalId } = await provider.create(globalTable, context);
    expect(() => provider.delete(physicalId, globalTable, context)).toThrow('protected against deletion');
    await provider.update!(physicalId, unprotected, globalTable, context);
    await provider.delete(physicalId, unprotected, context);
    expect((await call('ListTables', {})).TableNames).toEqual([]);
    await provider.delete(physicalId, unprotected, context);
  });

  it('rejects a replica in another region', () => {
    const { provider } = start();
    const elsewhere = { ...unprotected, Replicas: [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }] };
    expect(() => provider.create(elsewhere, context)).toThrow('Replicas in eu-west-1 are not emulated');
  });
});

describe('the properties that CDK gives its tables', () => {
  it('are all known', () => {
    const { App, Stack, RemovalPolicy } = require('aws-cdk-lib');
    const dynamodb = require('aws-cdk-lib/aws-dynamodb');
    const { Template } = require('aws-cdk-lib/assertions');
    const stack = new Stack(new App(), 'S', { env: { region: 'us-east-1', account: '000000000000' } });
    const keys = {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'sk', type: dynamodb.AttributeType.NUMBER },
    };
    const settings = {
      ...keys,
      timeToLiveAttribute: 'ttl',
      deletionProtection: true,
      removalPolicy: RemovalPolicy.DESTROY,
    };
    const recovery = { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } };
    new dynamodb.TableV2(stack, 'New', {
      ...settings,
      ...recovery,
      dynamoStream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: dynamodb.TableEncryptionV2.awsManagedKey(),
      contributorInsightsSpecification: { enabled: true },
      tableClass: dynamodb.TableClass.STANDARD,
      tags: [{ key: 'a', value: 'b' }],
      warmThroughput: { readUnitsPerSecond: 12000, writeUnitsPerSecond: 4000 },
      globalSecondaryIndexes: [{ indexName: 'by-g', partitionKey: { name: 'g', type: dynamodb.AttributeType.STRING } }],
      localSecondaryIndexes: [{ indexName: 'by-l', sortKey: { name: 'l', type: dynamodb.AttributeType.STRING } }],
    });
    new dynamodb.Table(stack, 'Old', {
      ...settings,
      ...recovery,
      stream: dynamodb.StreamViewType.KEYS_ONLY,
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
    });
    const gateway = new Gateway({ kernel: { clock: new SimulatedClock(), random: new SeededRandom(1) } });
    const providers = createDynamoDbService(gateway).resources!;
    const unknown: string[] = [];
    const visit = (value: any, spec: any, path: string) => {
      for (const entry of Array.isArray(value) ? value : [value]) {
        for (const [name, inner] of Object.entries(entry)) {
          const known = spec[name];
          if (!known) unknown.push(`${path}.${name}`);
          else if (known.members) visit(inner, known.members, `${path}.${name}`);
        }
      }
    };
    const resources: any[] = Object.values(Template.fromStack(stack).toJSON().Resources);
    expect(resources.map(({ Type }) => Type).sort()).toEqual(['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table']);
    for (const { Type, Properties } of resources) {
      visit(Properties, providers.find(({ type }) => type === Type)!.properties, Type);
    }
    expect(unknown).toEqual([]);
  });
});
