import type { ResourceProvider } from '../../../wire/resource-provider';
import type { ApiGateway } from '../api-gateway';
import type { Route } from '../model';
import { checkRouteKey } from '../route-match';

const AUTHORIZATIONS = ['NONE', 'AWS_IAM', 'JWT'];

/** `AWS::ApiGatewayV2::Route`: Ref is the route's id. */
export function routeResource(gateway: ApiGateway): ResourceProvider {
  const put = (id: string, properties: any) => {
    const api = gateway.store.existing(properties.ApiId);
    const { RouteKey: key, Target: target = '', AuthorizationType: authorizationType = 'NONE' } = properties;
    checkRouteKey(key);
    if (Object.values(api.routes).some((route) => route.key === key && route.id !== id)) {
      throw new Error(`Route with key ${key} already exists for this API`);
    }
    if (!AUTHORIZATIONS.includes(authorizationType)) {
      throw new Error(
        `AuthorizationType ${authorizationType} of route ${key} is not emulated: use AWS_IAM, JWT or NONE.`,
      );
    }
    const [, integrationId] = /^integrations\/(.+)$/.exec(target) ?? [];
    if (!integrationId) throw new Error(`Target ${target} of route ${key} is not of the form integrations/ID.`);
    const route: Route = {
      id,
      key,
      integrationId,
      authorizationType,
      authorizerId: properties.AuthorizerId,
      scopes: properties.AuthorizationScopes ?? [],
    };
    gateway.store.putRoute(api, route);
    return { physicalId: id, attributes: { RouteId: id } };
  };
  return {
    type: 'AWS::ApiGatewayV2::Route',
    properties: {
      ApiId: 'emulated',
      RouteKey: 'emulated',
      Target: 'emulated',
      AuthorizationType: 'emulated',
      AuthorizerId: 'emulated',
      AuthorizationScopes: 'emulated',
    },
    create: (properties) => put(gateway.newId(7), properties),
    update: (physicalId, properties) => put(physicalId, properties),
    delete: (physicalId, properties) => {
      const api = gateway.store.api(properties.ApiId);
      if (api) gateway.store.deleteRoute(api, physicalId);
    },
  };
}
