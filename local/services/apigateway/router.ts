import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { getApi } from './actions/get-api';
import { getApis } from './actions/get-apis';
import { getParts } from './actions/get-parts';
import { ApiGateway, type ApiGatewayOptions } from './api-gateway';
import { apiResource } from './resources/api';
import { authorizerResource } from './resources/authorizer';
import { integrationResource } from './resources/integration';
import { routeResource } from './resources/route';
import { stageResource } from './resources/stage';
import { apiGatewayRoutes } from './routes';

/** API Gateway with HTTP APIs, made by CloudFormation alone and read over the wire. See README.md for what differs from AWS. */
export function createApiGatewayService(host: Host, options: ApiGatewayOptions = {}): Service {
  const gateway = new ApiGateway(host, options);
  return {
    name: 'apigateway',
    protocols: [{ kind: 'rest-json', routes: apiGatewayRoutes }],
    actions: { GetApis: getApis(gateway), GetApi: getApi(gateway), ...getParts(gateway) },
    resources: [
      apiResource(gateway),
      stageResource(gateway),
      routeResource(gateway),
      integrationResource(gateway),
      authorizerResource(gateway),
    ],
    resume: () => gateway.resume(),
    stop: async () => {
      await gateway.servers.closeAll();
    },
  };
}
