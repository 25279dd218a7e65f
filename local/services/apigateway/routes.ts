import type { RestRoute } from '../../wire/service';

const API = '/v2/apis/{ApiId}';

/** The routes that read APIs. https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/operations.html */
export const apiGatewayRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '/v2/apis', action: 'GetApis' },
  { method: 'GET', path: API, action: 'GetApi' },
  ...['Stage', 'Route', 'Integration', 'Authorizer'].flatMap((part) => {
    const path = `${API}/${part.toLowerCase()}s`;
    return [
      { method: 'GET', path, action: `Get${part}s` },
      { method: 'GET', path: `${path}/{Id}`, action: `Get${part}` },
    ];
  }),
];
