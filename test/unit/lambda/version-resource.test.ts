import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createLambdaService } from '../../../local/services/lambda/router';
import { administrator, Gateway } from '../../../local/wire/gateway';
import { createInlineFunction, createResource } from './inline-function';

function account() {
  const kernel = { clock: new SimulatedClock(), random: new SeededRandom('versions') };
  const gateway = new Gateway({ kernel, warn: () => undefined });
  const lambda = createLambdaService(gateway);
  gateway.register(lambda);
  const call = (action: string, input: object) =>
    gateway.call(administrator(gateway.accountId), 'lambda', action, { FunctionName: 'greet', ...input });
  return {
    greet: () => createInlineFunction(lambda, 'greet', 'exports.handler = async () => 1;'),
    version: async () => (await createResource(lambda, 'AWS::Lambda::Version', { FunctionName: 'greet' })).physicalId,
    change: () => call('UpdateFunctionConfiguration', { Environment: { Variables: { COLOUR: 'red' } } }),
  };
}

describe('AWS::Lambda::Version', () => {
  it('is made for each change of its function', async () => {
    const { greet, version, change } = account();
    await greet();
    expect(await version()).toMatch(/:greet:1$/);
    await change();
    expect(await version()).toMatch(/:greet:2$/);
  });

  it('is refused while the function is as the latest version has it', async () => {
    const { greet, version } = account();
    await greet();
    await version();
    await expect(version()).rejects.toThrow(
      'A version for this Lambda function exists ( 1 ). Modify the function to create a new version.',
    );
  });
});
