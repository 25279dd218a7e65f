import type { ResourceProvider } from '../../../wire/resource-provider';
import type { ApiGateway } from '../api-gateway';

const LONGEST_MS = 30_000;

/** `AWS::ApiGatewayV2::Integration` of type AWS_PROXY with payload format 2.0: Ref is the integration's id. */
export function integrationResource(gateway: ApiGateway): ResourceProvider {
  const put = (id: string, properties: any) => {
    const api = gateway.store.existing(properties.ApiId);
    const { IntegrationType: type, IntegrationUri: uri = '', PayloadFormatVersion: version } = properties;
    if (type !== 'AWS_PROXY' || properties.IntegrationSubtype) {
      throw new Error(`Integrations of type ${type} are not emulated: only AWS_PROXY with a Lambda function is.`);
    }
    if (version !== '2.0') throw new Error(`PayloadFormatVersion ${version} is not emulated: only 2.0 is.`);
    const timeoutMs = Number(properties.TimeoutInMillis ?? LONGEST_MS);
    if (timeoutMs < 50 || timeoutMs > LONGEST_MS) {
      throw new Error(`Timeout should be between 50 ms and ${LONGEST_MS} ms, not ${timeoutMs}.`);
    }
    gateway.store.putIntegration(api, { id, functionArn: functionArn(uri), timeoutMs });
    return { physicalId: id, attributes: { IntegrationId: id } };
  };
  return {
    type: 'AWS::ApiGatewayV2::Integration',
    properties: {
      ApiId: 'emulated',
      Description: { inert: 'a text for people' },
      IntegrationMethod: { inert: 'functions are always invoked by POST' },
      IntegrationType: 'emulated',
      IntegrationUri: 'emulated',
      PayloadFormatVersion: 'emulated',
      TimeoutInMillis: 'emulated',
    },
    create: (properties) => put(gateway.newId(7), properties),
    update: (physicalId, properties) => put(physicalId, properties),
    delete: (physicalId, properties) => {
      const api = gateway.store.api(properties.ApiId);
      if (api) gateway.store.deleteIntegration(api, physicalId);
    },
  };
}

/** Either the function's ARN, or the ARN of its invocation that older templates write. */
function functionArn(uri: string): string {
  const [, wrapped] = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri) ?? [];
  const arn = wrapped ?? uri;
  if (!/^arn:aws:lambda:[^:]+:\d{12}:function:/.test(arn))
    throw new Error(`IntegrationUri ${uri} is no Lambda function.`);
  return arn;
}
