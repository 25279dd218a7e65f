import type { Route } from '../../../local/services/apigateway/model';
import { checkRouteKey, matchRoute } from '../../../local/services/apigateway/route-match';

const route = (key: string): Route => ({ id: key, key, integrationId: 'i', authorizationType: 'NONE', scopes: [] });
const routes = [
  '$default',
  'ANY /{proxy+}',
  'GET /{proxy+}',
  'ANY /orders',
  'POST /orders',
  'GET /orders/{orderId}',
  'GET /orders/latest',
  'ANY /orders/{orderId}/lines/{line}',
].map(route);

const find = (method: string, path: string) => {
  const match = matchRoute(routes, method, path);
  return match && [match.route.key, match.pathParameters];
};

describe('routes', () => {
  it.each<[string, string, string, object]>([
    ['POST', '/orders', 'POST /orders', {}],
    ['PUT', '/orders', 'ANY /orders', {}],
    ['GET', '/orders/o-1', 'GET /orders/{orderId}', { orderId: 'o-1' }],
    ['GET', '/orders/latest', 'GET /orders/latest', {}],
    ['DELETE', '/orders/o-1', 'ANY /{proxy+}', { proxy: 'orders/o-1' }],
    ['GET', '/orders/o%201/lines/2', 'ANY /orders/{orderId}/lines/{line}', { orderId: 'o 1', line: '2' }],
    ['GET', '/elsewhere/deep', 'GET /{proxy+}', { proxy: 'elsewhere/deep' }],
    ['GET', '/', '$default', {}],
    ['GET', '/orders/', 'GET /{proxy+}', { proxy: 'orders/' }],
  ])('%s %s is answered by %s', (method, path, key, parameters) => {
    expect(find(method, path)).toEqual([key, parameters]);
  });

  it('answers nothing where no route matches', () => {
    expect(matchRoute([route('GET /orders')], 'POST', '/orders')).toBeUndefined();
    expect(matchRoute([route('GET /orders')], 'GET', '/orders/1')).toBeUndefined();
  });

  it.each(['orders', 'FETCH /orders', 'GET orders', 'GET /{a+}/b', 'GET /{}'])('rejects the key %s', (key) => {
    expect(() => checkRouteKey(key)).toThrow(/not formatted properly/);
  });
});
