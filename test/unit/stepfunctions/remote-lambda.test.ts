import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { remoteLambda } from '../../../local/cli/remote-lambda';
import { StepFunctionsBench } from '../../support/step-functions';

describe('the engine alone', () => {
  let server: Server;
  const requests: { url?: string; body: string }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        requests.push({ url: request.url, body: Buffer.concat(chunks).toString() });
        if (request.url?.includes('missing')) {
          response.writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException:http://internal' });
          response.end('{"Message":"Function not found"}');
        } else if (request.url?.includes('throws')) {
          response.writeHead(200, { 'x-amz-function-error': 'Unhandled' });
          response.end('{"errorType":"Broken"}');
        } else response.end('{"answer":42}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  async function run(functionName: string, endpoint?: string) {
    const bench = new StepFunctionsBench(remoteLambda(endpoint));
    const Resource = `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`;
    const machine = await bench.create({ StartAt: 'A', States: { A: { Type: 'Task', Resource, End: true } } });
    const executionArn = await bench.start(machine, { n: 1 });
    for (;;) {
      const described = await bench.describe(executionArn);
      if (described.status !== 'RUNNING') return described;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  it('calls functions over HTTP', async () => {
    expect(await run('f', endpoint())).toMatchObject({ status: 'SUCCEEDED', output: '{"answer":42}' });
    expect(requests.at(-1)).toEqual({
      url: `/2015-03-31/functions/${encodeURIComponent('arn:aws:lambda:us-east-1:000000000000:function:f')}/invocations`,
      body: '{"n":1}',
    });
  });

  it('fails with the error of the function, and with that of the API', async () => {
    expect(await run('throws', endpoint())).toMatchObject({ error: 'Broken', cause: '{"errorType":"Broken"}' });
    expect(await run('missing', endpoint())).toMatchObject({ error: 'Lambda.ResourceNotFoundException' });
  });

  it('fails saying which variable to set when no endpoint is known', async () => {
    const { error, cause } = await run('f');
    expect(error).toBe('Lambda.ServiceException');
    expect(cause).toContain('set AWS_ENDPOINT_URL_LAMBDA');
  });
});
