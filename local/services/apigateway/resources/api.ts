import type { ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import type { ApiGateway } from '../api-gateway';
import type { Api } from '../model';

const TAGS = { inert: 'tags of APIs are not read back by anything emulated' } as const;

/** `AWS::ApiGatewayV2::Api` of protocol HTTP: Ref is the API's id; attributes ApiEndpoint, ApiId. */
export function apiResource(gateway: ApiGateway): ResourceProvider {
  const resultOf = (api: Api): ResourceResult => ({
    physicalId: api.id,
    attributes: { ApiId: api.id, ApiEndpoint: `http://127.0.0.1:${api.port}` },
  });
  const read = (properties: any) => {
    if (properties.ProtocolType !== 'HTTP') {
      throw new Error(`ProtocolType ${properties.ProtocolType} is not emulated: only HTTP APIs are.`);
    }
    return {
      name: String(properties.Name),
      description: properties.Description,
      isEndpointDisabled: String(properties.DisableExecuteApiEndpoint ?? 'false') === 'true',
    };
  };
  return {
    type: 'AWS::ApiGatewayV2::Api',
    properties: {
      Name: 'emulated',
      Description: 'emulated',
      ProtocolType: 'emulated',
      DisableExecuteApiEndpoint: 'emulated',
      IpAddressType: { inert: 'the API answers on the loopback of one machine' },
      Tags: TAGS,
    },
    create: async (properties) => {
      const settings = read(properties);
      const id = gateway.newId(10);
      const port = await gateway.servers.listen(id, gateway.options.firstPort);
      const createdAtMs = gateway.host.kernel.clock.now();
      const api: Api = {
        id,
        port,
        ...settings,
        createdAtMs,
        stages: {},
        routes: {},
        integrations: {},
        authorizers: {},
      };
      gateway.store.addApi(api);
      return resultOf(api);
    },
    update: (physicalId, properties) => {
      const api = gateway.store.existing(physicalId);
      gateway.store.changeApi(api, read(properties));
      return resultOf(api);
    },
    delete: async (physicalId) => {
      await gateway.dataPlane.accessLogs.drain();
      gateway.store.deleteApi(physicalId);
      await gateway.servers.close(physicalId);
    },
  };
}
