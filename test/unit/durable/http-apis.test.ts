import { createServer } from 'node:http';
import { createApiGatewayService } from '../../../local/services/apigateway/router';
import type { Service } from '../../../local/wire/service';
import { DurableServices } from '../../support/durable-services';
import { recordingService } from '../../support/recording-service';
import { createResource, resourceContext } from '../lambda/inline-function';

let apis: Service;
let aws: DurableServices;

beforeEach(async () => {
  aws = await DurableServices.start((host) => {
    apis = createApiGatewayService(host);
    const answer = { Payload: Buffer.from('{"statusCode":200,"body":"hello"}'), StatusCode: 200 };
    return [apis, recordingService('lambda', { Invoke: () => answer })];
  });
});

afterEach(() => aws.close());

/** An API with one route; gives its address. */
async function makeApi(): Promise<{ id: string; url: string }> {
  const api = await createResource(apis, 'AWS::ApiGatewayV2::Api', { Name: 'shop', ProtocolType: 'HTTP' });
  const ApiId = api.physicalId;
  const integration = await createResource(apis, 'AWS::ApiGatewayV2::Integration', {
    ApiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: 'arn:aws:lambda:us-east-1:000000000000:function:shop',
    PayloadFormatVersion: '2.0',
  });
  const Target = `integrations/${integration.physicalId}`;
  await createResource(apis, 'AWS::ApiGatewayV2::Route', { ApiId, RouteKey: 'GET /hello', Target });
  await createResource(apis, 'AWS::ApiGatewayV2::Stage', { ApiId, StageName: '$default', AutoDeploy: true });
  return { id: ApiId, url: String(api.attributes!.ApiEndpoint) };
}

/** Resolves once restored APIs listen: they begin to when the process starts. */
async function answer(url: string): Promise<string> {
  for (let i = 0; i < 50; i++) {
    const response = await fetch(`${url}/hello`).catch(() => undefined);
    if (response) return response.text();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return 'nobody answers';
}

describe('HTTP APIs outlive the process', () => {
  it('on the ports that they had', async () => {
    const { url } = await makeApi();
    expect(await answer(url)).toBe('hello');
    await aws.restart();
    expect(await answer(url)).toBe('hello');
  });

  it('and say so when a port is taken meanwhile', async () => {
    const { url } = await makeApi();
    const other = createServer((_request, response) => response.end('other'));
    await aws.restart(() => new Promise((resolve) => other.listen(Number(new URL(url).port), '127.0.0.1', resolve)));
    expect(await answer(url)).toBe('other');
    expect(aws.running.warnings.join()).toMatch(/API shop does not answer on its port \d+: .*EADDRINUSE/);
    await new Promise((resolve) => other.close(resolve));
  });

  it('but not those that were deleted', async () => {
    const { id, url } = await makeApi();
    const provider = apis.resources!.find(({ type }) => type === 'AWS::ApiGatewayV2::Api')!;
    await provider.delete(id, {}, resourceContext('Api'));
    await aws.restart();
    expect(await answer(url)).toBe('nobody answers');
  });
});
