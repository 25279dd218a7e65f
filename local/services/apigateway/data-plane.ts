/**
 * Owns the way of a request through an API: stage, route, throttling, authorization, function, access log.
 * Whatever goes wrong is answered in AWS's words; the client never sees why, the access log does.
 */
import type { Authorizer } from '../../wire/authorizer';
import type { Host } from '../../wire/host';
import { AccessLogs } from './access-log';
import type { ApiRequest } from './api-request';
import { type ApiResponse, forbidden, integrationFailed, notFound, Refusal, tooManyRequests } from './api-response';
import { authorizeIam } from './authorization/iam';
import { authorizeJwt } from './authorization/jwt';
import { SigningKeys } from './authorization/signing-keys';
import { invokeFunction } from './lambda-integration';
import type { Api, Stage } from './model';
import type { Authorization, Exchange } from './request-context';
import { matchRoute } from './route-match';
import { Throttling } from './throttling';

/** Answers the requests of all APIs. */
export class DataPlane {
  readonly accessLogs: AccessLogs;
  private readonly keys: SigningKeys;
  private readonly throttling = new Throttling();

  constructor(
    private readonly host: Host,
    private readonly authorizer: Authorizer | undefined,
  ) {
    this.accessLogs = new AccessLogs(host);
    this.keys = new SigningKeys(host.kernel.clock);
  }

  /** Never rejects: every failure is a response. */
  async answer(api: Api, request: ApiRequest): Promise<ApiResponse> {
    const { clock, random } = this.host.kernel;
    const exchange: Exchange = {
      requestId: random.bytes(11).toString('base64url').concat('='),
      receivedAtMs: clock.now(),
      api,
      request,
      pathParameters: {},
      authorization: {},
    };
    let response: ApiResponse;
    let reason = '';
    try {
      response = await this.perform(exchange);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : integrationFailed(String(error));
      if (!(error instanceof Refusal)) this.host.warn(`API ${api.id} failed inside the embedded AWS: ${error}`);
      response = refusal.response;
      reason = refusal.reason || refusal.message;
      if (refusal.statusCode >= 500) this.warn(exchange, reason);
    }
    this.count(exchange, response);
    this.accessLogs.write(exchange, response, reason);
    return { ...response, headers: { ...response.headers, 'apigw-requestid': exchange.requestId } };
  }

  private async perform(exchange: Exchange): Promise<ApiResponse> {
    const { api, request } = exchange;
    if (api.isEndpointDisabled) throw notFound();
    const { stage, path } = findStage(api, request.rawPath);
    exchange.stage = stage;
    const match = matchRoute(Object.values(api.routes), request.method, path);
    if (!match) throw notFound();
    exchange.route = match.route;
    exchange.pathParameters = match.pathParameters;
    if (!this.throttling.admits(stage, match.route.key, exchange.receivedAtMs)) throw tooManyRequests();
    exchange.authorization = await this.authorize(exchange);
    const integration = api.integrations[match.route.integrationId];
    if (!integration) throw integrationFailed(`No integration of route ${match.route.key} was found.`);
    const { clock } = this.host.kernel;
    const startedAtMs = clock.now();
    try {
      return await invokeFunction(this.host, integration, exchange);
    } finally {
      exchange.integrationMs = clock.now() - startedAtMs;
    }
  }

  private async authorize(exchange: Exchange): Promise<Authorization> {
    const route = exchange.route!;
    if (route.authorizationType === 'NONE') return {};
    if (route.authorizationType === 'AWS_IAM') return authorizeIam(this.host, this.authorizer, exchange);
    const authorizer = exchange.api.authorizers[route.authorizerId ?? ''];
    if (!authorizer) throw forbidden(`The authorizer of route ${route.key} is not there.`);
    return authorizeJwt(this.host.kernel.clock, this.keys, authorizer, route, exchange);
  }

  private count({ api, stage, receivedAtMs, integrationMs, request }: Exchange, response: ApiResponse): void {
    const { statusCode } = response;
    const ofApi = { ApiId: api.id };
    const ofStage = stage && { ...ofApi, Stage: stage.name };
    const record = (name: string, value: number, unit = 'Count') => {
      this.host.metric('AWS/ApiGateway', name, ofApi, value, unit);
      if (ofStage) this.host.metric('AWS/ApiGateway', name, ofStage, value, unit);
    };
    record('Count', 1);
    record('4xx', statusCode >= 400 && statusCode < 500 ? 1 : 0);
    record('5xx', statusCode >= 500 ? 1 : 0);
    record('Latency', this.host.kernel.clock.now() - receivedAtMs, 'Milliseconds');
    if (integrationMs !== undefined) record('IntegrationLatency', integrationMs, 'Milliseconds');
    record('DataProcessed', request.body.length + response.body.length, 'Bytes');
  }

  /** Names the route and not the path, which may hold what is secret: the link of a mail, say. */
  private warn({ request, api, route }: Exchange, reason: string): void {
    this.host.warn(`API ${api.name}: ${route?.key ?? request.method} failed: ${reason}`);
  }
}

/** The stage of a path, and the rest of the path that routes are compared with. Throws the refusal 404. */
function findStage(api: Api, rawPath: string): { stage: Stage; path: string } {
  const [, first = ''] = rawPath.split('/');
  const named = Object.hasOwn(api.stages, first) ? api.stages[first] : undefined;
  if (named) return { stage: named, path: rawPath.slice(first.length + 1) || '/' };
  const stage = api.stages.$default;
  if (!stage) throw notFound();
  return { stage, path: rawPath };
}
