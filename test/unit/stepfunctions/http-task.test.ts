import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formEncoded } from '../../../local/services/stepfunctions/integrations/http/form-encoding';
import { createStepFunctionsService } from '../../../local/services/stepfunctions/router';
import { recordingService } from '../../support/recording-service';
import { StepFunctionsBench } from '../../support/step-functions';

const ConnectionArn = 'arn:aws:events:us-east-1:000000000000:connection/c/1';
const secret = {
  AuthorizationType: 'BASIC',
  AuthParameters: {
    BasicAuthParameters: { Username: 'u', Password: 'p' },
    InvocationHttpParameters: { BodyParameters: [{ Key: 'k', Value: 'v' }] },
  },
};
const machine = (Parameters: object) => ({
  StartAt: 'Call',
  States: { Call: { Type: 'Task', Resource: 'arn:aws:states:::http:invoke', Parameters, End: true } },
});

describe('HTTP Task', () => {
  it('gives up after a minute without an answer', async () => {
    let asked!: () => void;
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const server: Server = createServer(() => asked());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const ApiEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const bench = new StepFunctionsBench(recordingService('events', { RetrieveConnectionCredentials: () => secret }));
    const task = machine({ ApiEndpoint, Method: 'GET', InvocationConfig: { ConnectionArn } });
    const executionArn = await bench.start(await bench.create(task));
    await isAsked;
    await bench.clock.turn(59_999);
    expect((await bench.describe(executionArn)).status).toBe('RUNNING');
    await bench.clock.turn(1);
    for (let turn = 0; turn < 10; turn++) await bench.clock.turn(0);
    expect(await bench.describe(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Http.Socket' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('fails when a connection adds to a body that is a text', async () => {
    const bench = new StepFunctionsBench(recordingService('events', { RetrieveConnectionCredentials: () => secret }));
    const Parameters = {
      ApiEndpoint: 'http://127.0.0.1:1/',
      Method: 'POST',
      RequestBody: 'text',
      InvocationConfig: { ConnectionArn },
    };
    expect(await bench.run(await bench.create(machine(Parameters)))).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('cannot be merged'),
    });
  });

  it('fails for a host that may be called, but not over https', async () => {
    const bench = new StepFunctionsBench(recordingService('events', { RetrieveConnectionCredentials: () => secret }));
    bench.gateway.register(createStepFunctionsService(bench.gateway, { reachableHosts: ['example.com'] }));
    const task = machine({ ApiEndpoint: 'http://example.com/', Method: 'GET', InvocationConfig: { ConnectionArn } });
    expect(await bench.run(await bench.create(task))).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('must begin with https://'),
    });
  });

  it('encodes every character of form data that has a meaning of its own', () => {
    expect(formEncoded({ 'a&b': "1=2'", n: null, t: true }, 'INDICES')).toBe('a%26b=1%3D2%27&n=&t=true');
  });
});
