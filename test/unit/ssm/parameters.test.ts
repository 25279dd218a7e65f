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

it('fails for a parameter that is not there', async () => {
  await expect(account().call('GetParameter', { Name: '/none' })).rejects.toMatchObject({ code: 'ParameterNotFound' });
});

it('rejects a name that is taken, and a secure string', async () => {
  const { call } = account();
  await call('PutParameter', { Name: '/a', Value: '1', Type: 'String' });
  await expect(call('PutParameter', { Name: '/a', Value: '2' })).rejects.toMatchObject({
    code: 'ParameterAlreadyExists',
  });
  await expect(call('PutParameter', { Name: '/s', Value: '2', Type: 'SecureString' })).rejects.toThrow(
    'Type SecureString is not emulated',
  );
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
