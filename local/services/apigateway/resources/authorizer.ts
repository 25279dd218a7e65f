import type { ResourceProvider } from '../../../wire/resource-provider';
import type { ApiGateway } from '../api-gateway';

/** `AWS::ApiGatewayV2::Authorizer` of type JWT: Ref is the authorizer's id. */
export function authorizerResource(gateway: ApiGateway): ResourceProvider {
  const put = (id: string, properties: any) => {
    const api = gateway.store.existing(properties.ApiId);
    const { AuthorizerType: type, Name: name, JwtConfiguration: jwt, IdentitySource: sources } = properties;
    if (type !== 'JWT') throw new Error(`Authorizers of type ${type} are not emulated: only JWT is.`);
    const identitySource = [sources ?? '$request.header.Authorization'].flat()[0];
    if (!/^\$request\.(header|querystring)\.[\w-]+$/.test(identitySource)) {
      throw new Error(
        `IdentitySource ${identitySource} is neither $request.header.NAME nor $request.querystring.NAME.`,
      );
    }
    if (!/^https?:\/\//.test(jwt?.Issuer ?? ''))
      throw new Error(`Invalid issuer: ${jwt?.Issuer}. Issuer must be a URL.`);
    gateway.store.putAuthorizer(api, { id, name, issuer: jwt.Issuer, audience: jwt.Audience ?? [], identitySource });
    return { physicalId: id, attributes: { AuthorizerId: id } };
  };
  return {
    type: 'AWS::ApiGatewayV2::Authorizer',
    properties: {
      ApiId: 'emulated',
      AuthorizerType: 'emulated',
      IdentitySource: 'emulated',
      JwtConfiguration: { members: { Audience: 'emulated', Issuer: 'emulated' } },
      Name: 'emulated',
    },
    create: (properties) => put(gateway.newId(6), properties),
    update: (physicalId, properties) => put(physicalId, properties),
    delete: (physicalId, properties) => {
      const api = gateway.store.api(properties.ApiId);
      if (api) gateway.store.deleteAuthorizer(api, physicalId);
    },
  };
}
