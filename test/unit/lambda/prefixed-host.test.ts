import { createStepFunctionsService } from '../../../local/services/stepfunctions/router';
import { administrator } from '../../../local/wire/gateway';
import { type LambdaOverWire, startLambdaOverWire } from './lambda-over-wire';

const SOURCE = `
const { SFNClient, StartSyncExecutionCommand } = require('@aws-sdk/client-sfn');
const client = new SFNClient({ maxAttempts: 1 });
exports.handler = async ({ stateMachineArn }) => {
  const { status, output } = await client.send(new StartSyncExecutionCommand({ stateMachineArn, input: '{"n":1}' }));
  return { status, output };
};`;

describe('an operation with a host of its own', () => {
  let aws: LambdaOverWire;
  beforeAll(async () => {
    aws = await startLambdaOverWire((host) => [createStepFunctionsService(host)]);
  });
  afterAll(() => aws.close());

  it('is reached by a function at the prefix that the SDK puts before the endpoint', async () => {
    const { gateway } = aws.running;
    const { stateMachineArn } = await gateway.call(administrator(gateway.accountId), 'states', 'CreateStateMachine', {
      name: 'quick',
      type: 'EXPRESS',
      roleArn: 'arn:aws:iam::000000000000:role/machine',
      definition: JSON.stringify({ StartAt: 'S', States: { S: { Type: 'Succeed' } } }),
    });
    const { result } = await aws.invoke(await aws.define(SOURCE, { Timeout: 20 }), { stateMachineArn });
    expect(result).toEqual({ status: 'SUCCEEDED', output: '{"n":1}' });
  });
});
