import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createSsmService } from '../../local/services/ssm/router';
import { type RunningGateway, startGateway } from '../support/embedded';

const clock = new SimulatedClock();
let running: RunningGateway;

beforeEach(async () => {
  running = await startGateway((host) => [createSsmService(host)], {
    kernel: { clock, random: new SeededRandom('ssm') },
  });
});

afterEach(() => running.close());

/** A request as the SDK signs and writes it: the service is named by its target. */
async function call(action: string, input: object) {
  const response = await fetch(running.url, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20261121/us-east-1/ssm/aws4_request, Signature=0',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonSSM.${action}`,
    },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: (await response.json()) as any };
}

it('the parameter store answers on the wire as Systems Manager does', async () => {
  expect(await call('PutParameter', { Name: '/a', Value: '1', Type: 'String' })).toEqual({
    status: 200,
    body: { Version: 1, Tier: 'Standard' },
  });
  expect((await call('GetParameter', { Name: '/a' })).body.Parameter).toEqual({
    Name: '/a',
    Type: 'String',
    Value: '1',
    Version: 1,
    LastModifiedDate: clock.now() / 1000,
    ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/a',
    DataType: 'text',
  });
  expect(await call('GetParameter', { Name: '/b' })).toMatchObject({
    status: 400,
    body: { __type: 'ParameterNotFound' },
  });
  expect(await call('StartSession', { Target: 'i-1' })).toMatchObject({
    status: 400,
    body: { __type: 'UnknownOperationException' },
  });
});
