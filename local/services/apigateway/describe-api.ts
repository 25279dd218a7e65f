import type { Api, Integration, JwtAuthorizer, Route, Stage, Throttle } from './model';

/** The shapes of the API of API Gateway (version 2), in which members begin with small letters on the wire. */
export function describeApi(api: Api): object {
  return {
    apiId: api.id,
    name: api.name,
    description: api.description,
    apiEndpoint: `http://127.0.0.1:${api.port}`,
    protocolType: 'HTTP',
    routeSelectionExpression: '$request.method $request.path',
    apiKeySelectionExpression: '$request.header.x-api-key',
    disableExecuteApiEndpoint: api.isEndpointDisabled,
    createdDate: new Date(api.createdAtMs).toISOString(),
    tags: {},
  };
}

export function describeStage(stage: Stage): object {
  return {
    stageName: stage.name,
    autoDeploy: true,
    defaultRouteSettings: describeThrottle(stage.throttle),
    routeSettings: Object.fromEntries(
      Object.entries(stage.routeThrottles).map(([key, throttle]) => [key, describeThrottle(throttle)]),
    ),
    stageVariables: {},
    tags: {},
    ...(stage.accessLog && { accessLogSettings: stage.accessLog }),
  };
}

export function describeRoute(route: Route): object {
  return {
    routeId: route.id,
    routeKey: route.key,
    target: `integrations/${route.integrationId}`,
    authorizationType: route.authorizationType,
    authorizerId: route.authorizerId,
    authorizationScopes: route.scopes.length > 0 ? route.scopes : undefined,
    apiKeyRequired: false,
  };
}

export function describeIntegration(integration: Integration): object {
  return {
    integrationId: integration.id,
    integrationType: 'AWS_PROXY',
    integrationMethod: 'POST',
    integrationUri: integration.functionArn,
    connectionType: 'INTERNET',
    payloadFormatVersion: '2.0',
    timeoutInMillis: integration.timeoutMs,
  };
}

export function describeAuthorizer(authorizer: JwtAuthorizer): object {
  return {
    authorizerId: authorizer.id,
    authorizerType: 'JWT',
    name: authorizer.name,
    identitySource: [authorizer.identitySource],
    jwtConfiguration: { issuer: authorizer.issuer, audience: authorizer.audience },
  };
}

function describeThrottle({ rate, burst }: Throttle): object {
  return { detailedMetricsEnabled: false, throttlingRateLimit: rate, throttlingBurstLimit: burst };
}
