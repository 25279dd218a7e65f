import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { ApiGateway, type ApiGatewayOptions } from './api-gateway';
import { apiResource } from './resources/api';
import { authorizerResource } from './resources/authorizer';
import { integrationResource } from './resources/integration';
import { routeResource } from './resources/route';
import { stageResource } from './resources/stage';

/** API Gateway with HTTP APIs, made by CloudFormation alone. See README.md for what differs from AWS. */
export function createApiGatewayService(host: Host, options: ApiGatewayOptions = {}): Service {
  const gateway = new ApiGateway(host, options);
  return {
    name: 'apigateway',
    protocols: [],
    actions: {},
    resources: [
      apiResource(gateway),
      stageResource(gateway),
      routeResource(gateway),
      integrationResource(gateway),
      authorizerResource(gateway),
    ],
    stop: async () => {
      await gateway.servers.closeAll();
    },
  };
}
