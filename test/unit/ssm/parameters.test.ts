import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createSsmService } from '../../../local/services/ssm/router';
import { administrator, Gateway } from '../../../local/wire/gateway';

function account() {
  const gateway = new Gateway({ kernel: { clock: new SimulatedClock(), random: new SeededRandom(1) } });
  const ssm = createSsmService(gateway);
  gateway.register(ssm);
  const call = (action: string, input: object) => gateway.call(administrator(gateway.accountId), 'ssm', action, input);
  return { call, provider: ssm.resources![0]! };
}

it('keeps a parameter, and counts its versions', async () => {
  const { call } = account();
  expect(await call('PutParameter', { Name: '/a', Value: '1', Type: 'String' })).toMatchObject({ Version: 1 });
  expect(await call('PutParameter', { Name: '/a', Value: '2', Overwrite: true })).toMatchObject({ Version: 2 });
  const byArn = await call('GetParameter', { Name: 'arn:aws:ssm:us-east-1:000000000000:parameter/a' });
  expect(byArn.Parameter).toMatchObject({ Name: '/a', Value: '2' });
  expect(await call('GetParameters', { Names: ['/a', '/b'] })).toMatchObject({
    Parameters: [{ Name: '/a' }],
    InvalidParameters: ['/b'],
  });
});

it('gives the version that is asked for', async () => {
  const { call } = account();
  await call('PutParameter', { Name: '/a', Value: '1', Type: 'String' });
  await call('PutParameter', { Name: '/a', Value: '2', Overwrite: true });
  expect(await call('GetParameter', { Name: '/a:1' })).toMatchObject({ Parameter: { Value: '1', Selector: ':1' } });
  await expect(call('GetParameter', { Name: '/a:3' })).rejects.toMatchObject({ code: 'ParameterVersionNotFound' });
});

it('fails for a parameter that is not there', async () => {
  await expect(account().call('GetParameter', { Name: '/none' })).rejects.toMatchObject({ code: 'ParameterNotFound' });
});

it('rejects a name that is taken', async () => {
  const { call } = account();
  await call('PutParameter', { Name: '/a', Value: '1', Type: 'String' });
  await expect(call('PutParameter', { Name: '/a', Value: '2' })).rejects.toMatchObject({
    code: 'ParameterAlreadyExists',
  });
});

it.each([
  [{ Name: '/ssm/a' }, 'ValidationException', 'can\'t be prefixed with "ssm"'],
  [{ Name: 'awslimits' }, 'AccessDeniedException', 'No access to reserved parameter name: awslimits.'],
  [{ Name: 'a/b' }, 'ValidationException', 'must be a fully qualified name'],
  [{ Name: `${'/a'.repeat(16)}` }, 'HierarchyLevelLimitExceededException', '15 levels'],
  [{ Value: '' }, 'ValidationException', 'length greater than or equal to 1'],
  [{ Value: '{{ssm:x}}' }, 'ValidationException', "can't nest another parameter"],
  [{ Value: 'x'.repeat(4097) }, 'ValidationException', 'maximum parameter value of 4096 characters'],
  [{ Value: 'x', AllowedPattern: '^\\d+$' }, 'ParameterPatternMismatchException', '^\\d+$'],
  [{ Type: 'Text' }, 'UnsupportedParameterType', 'Text'],
  [{ Type: undefined }, 'ValidationException', 'A parameter type is required'],
] as [object, string, string][])('rejects %p', async (input, code, text) => {
  const put = account().call('PutParameter', { Name: '/a', Value: '1', Type: 'String', ...input });
  await expect(put).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
});

it('rejects another type for a parameter that is there, and tags beside an overwrite', async () => {
  const { call } = account();
  await call('PutParameter', { Name: '/a', Value: '1', Type: 'String' });
  const put = (more: object) => call('PutParameter', { Name: '/a', Value: '2', Overwrite: true, ...more });
  await expect(put({ Type: 'StringList' })).rejects.toMatchObject({ code: 'HierarchyTypeMismatchException' });
  await expect(put({ Tags: [{ Key: 'a', Value: 'b' }] })).rejects.toMatchObject({ code: 'ValidationException' });
});

describe('versions', () => {
  it('are read by number and label, which stands at one version alone', async () => {
    const { call } = account();
    for (const Value of ['1', '2', '3'])
      await call('PutParameter', { Name: '/a', Value, Type: 'String', Overwrite: true });
    const label = (ParameterVersion: number, ...Labels: string[]) =>
      call('LabelParameterVersion', { Name: '/a', ParameterVersion, Labels });
    expect(await label(1, 'live', '1st')).toEqual({ InvalidLabels: ['1st'], ParameterVersion: 1 });
    await label(2, 'live');
    const value = async (Name: string) => (await call('GetParameter', { Name })).Parameter;
    expect(await value('/a:live')).toMatchObject({ Value: '2', Selector: ':live', Version: 2 });
    expect(await value('/a:1')).toMatchObject({ Value: '1' });
    await expect(value('/a:9')).rejects.toMatchObject({ code: 'ParameterVersionNotFound' });
    const { Parameters } = await call('GetParameterHistory', { Name: '/a' });
    expect(Parameters.map(({ Version, Labels }: any) => [Version, Labels])).toEqual([
      [1, []],
      [2, ['live']],
      [3, []],
    ]);
    expect(await call('UnlabelParameterVersion', { Name: '/a', ParameterVersion: 2, Labels: ['live', 'x'] })).toEqual({
      RemovedLabels: ['live'],
      InvalidLabels: ['x'],
    });
  });

  it('go beyond a hundred, the oldest first, unless it has a label', async () => {
    const { call } = account();
    const put = () => call('PutParameter', { Name: '/a', Value: 'v', Type: 'String', Overwrite: true });
    for (let i = 0; i < 101; i++) await put();
    await expect(call('GetParameter', { Name: '/a:1' })).rejects.toMatchObject({ code: 'ParameterVersionNotFound' });
    await call('LabelParameterVersion', { Name: '/a', ParameterVersion: 2, Labels: ['kept'] });
    await expect(put()).rejects.toMatchObject({ code: 'ParameterMaxVersionLimitExceeded' });
  });
});

describe('lists', () => {
  const names = async (call: (action: string, input: object) => Promise<any>, action: string, input: object) =>
    (await call(action, input)).Parameters.map(({ Name }: any) => Name);

  it('by path give what is right under it, or all below it, page by page', async () => {
    const { call } = account();
    for (const Name of ['/shop/a', '/shop/b/c', '/shopping', '/shop/d']) {
      await call('PutParameter', { Name, Value: '1', Type: 'String' });
    }
    const byPath = (input: object) => names(call, 'GetParametersByPath', { Path: '/shop', ...input });
    expect(await byPath({})).toEqual(['/shop/a', '/shop/d']);
    expect(await byPath({ Recursive: true })).toEqual(['/shop/a', '/shop/b/c', '/shop/d']);
    const page = await call('GetParametersByPath', { Path: '/shop/', Recursive: true, MaxResults: 2 });
    expect(await byPath({ Recursive: true, MaxResults: 2, NextToken: page.NextToken })).toEqual(['/shop/d']);
    await expect(byPath({ Path: 'shop' })).rejects.toMatchObject({ code: 'ValidationException' });
    await expect(byPath({ MaxResults: 11 })).rejects.toMatchObject({ code: 'ValidationException' });
  });

  it('are described by filters, and without their values', async () => {
    const { call } = account();
    await call('PutParameter', { Name: '/x/a', Value: '1', Type: 'String', Tags: [{ Key: 'team', Value: 'b' }] });
    await call('PutParameter', { Name: '/y/a', Value: '1,2', Type: 'StringList', Description: 'two' });
    const described = (...ParameterFilters: object[]) => names(call, 'DescribeParameters', { ParameterFilters });
    expect(await described({ Key: 'Name', Option: 'BeginsWith', Values: ['/x'] })).toEqual(['/x/a']);
    expect(await described({ Key: 'Type', Values: ['StringList'] })).toEqual(['/y/a']);
    expect(await described({ Key: 'tag:team', Values: ['b'] })).toEqual(['/x/a']);
    expect(await described({ Key: 'Path', Option: 'Recursive', Values: ['/y'] })).toEqual(['/y/a']);
    await expect(described({ Key: 'Label', Values: ['x'] })).rejects.toMatchObject({ code: 'InvalidFilterKey' });
    const { Parameters } = await call('DescribeParameters', {});
    expect(Parameters.at(-1)).toMatchObject({ Name: '/y/a', Description: 'two', Tier: 'Standard', Version: 1 });
    expect(Parameters.at(-1).Value).toBeUndefined();
  });
});

it('has tags', async () => {
  const { call } = account();
  await call('PutParameter', { Name: '/a', Value: '1', Type: 'String' });
  const resource = { ResourceType: 'Parameter', ResourceId: '/a' };
  await call('AddTagsToResource', {
    ...resource,
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  });
  await call('RemoveTagsFromResource', { ...resource, TagKeys: ['a'] });
  expect(await call('ListTagsForResource', resource)).toEqual({ TagList: [{ Key: 'b', Value: '2' }] });
  await expect(call('ListTagsForResource', { ...resource, ResourceId: '/no' })).rejects.toMatchObject({
    code: 'InvalidResourceId',
  });
});

it('is deleted, several at once, with those that are not there named', async () => {
  const { call } = account();
  await call('PutParameter', { Name: '/a', Value: '1', Type: 'String' });
  expect(await call('DeleteParameters', { Names: ['/a', '/b'] })).toEqual({
    DeletedParameters: ['/a'],
    InvalidParameters: ['/b'],
  });
  await expect(call('DeleteParameter', { Name: '/a' })).rejects.toMatchObject({ code: 'ParameterNotFound' });
});

it('is created, changed and deleted by a stack', async () => {
  const { call, provider } = account();
  const properties = { Name: '/p', Type: 'String', Value: '1' };
  expect(provider.create(properties, {} as never)).toEqual({
    physicalId: '/p',
    attributes: { Type: 'String', Value: '1' },
  });
  expect(() => provider.create(properties, {} as never)).toThrow('The parameter already exists.');
  provider.update!('/p', { ...properties, Value: '2' }, properties, {} as never);
  expect((await call('GetParameter', { Name: '/p' })).Parameter).toMatchObject({ Value: '2', Version: 2 });
  provider.delete('/p', properties, {} as never);
  await expect(call('GetParameter', { Name: '/p' })).rejects.toMatchObject({ code: 'ParameterNotFound' });
});
