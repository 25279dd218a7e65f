import type { ResourceProvider } from '../../../wire/resource-provider';
import type { ApiGateway } from '../api-gateway';
import type { Api, Stage, Throttle } from '../model';

/** `AWS::ApiGatewayV2::Stage`: Ref is the stage's name. Changes of routes are live at once, as with AutoDeploy. */
export function stageResource(gateway: ApiGateway): ResourceProvider {
  const read = (api: Api, properties: any): Stage => {
    const { StageName: name, AccessLogSettings: log, DefaultRouteSettings: settings } = properties;
    if (String(properties.AutoDeploy ?? 'false') !== 'true') {
      throw new Error(`Stage ${name} has no AutoDeploy: deployments that are made by hand are not emulated.`);
    }
    return {
      name,
      throttle: throttleOf(settings),
      routeThrottles: readRouteThrottles(api, properties.RouteSettings),
      accessLog: log?.DestinationArn && { destinationArn: log.DestinationArn, format: log.Format },
    };
  };
  return {
    type: 'AWS::ApiGatewayV2::Stage',
    properties: {
      ApiId: 'emulated',
      StageName: 'emulated',
      AutoDeploy: 'emulated',
      Description: { inert: 'a text for people' },
      AccessLogSettings: { members: { DestinationArn: 'emulated', Format: 'emulated' } },
      DefaultRouteSettings: {
        members: {
          ThrottlingBurstLimit: 'emulated',
          ThrottlingRateLimit: 'emulated',
          DetailedMetricsEnabled: { inert: 'metrics by route are not recorded, those by stage always are' },
        },
      },
      RouteSettings: 'emulated',
      Tags: { inert: 'tags of stages are not read back by anything emulated' },
    },
    create: (properties) => {
      const api = gateway.store.existing(properties.ApiId);
      if (Object.hasOwn(api.stages, properties.StageName))
        throw new Error(`Stage already exists: ${properties.StageName}`);
      gateway.store.putStage(api, read(api, properties));
      return { physicalId: properties.StageName };
    },
    update: (_physicalId, properties) => {
      const api = gateway.store.existing(properties.ApiId);
      gateway.store.putStage(api, read(api, properties));
      return { physicalId: properties.StageName };
    },
    delete: (physicalId, properties) => {
      const api = gateway.store.api(properties.ApiId);
      if (api) gateway.store.deleteStage(api, physicalId);
    },
  };
}

const ROUTE_SETTINGS = ['ThrottlingBurstLimit', 'ThrottlingRateLimit', 'DetailedMetricsEnabled'];

/** As on AWS, a route must be there before a stage has settings for it: a template says so by `DependsOn`. */
function readRouteThrottles(api: Api, settings: Record<string, any> = {}): Record<string, Throttle> {
  for (const [key, values] of Object.entries(settings)) {
    if (!Object.values(api.routes).some((route) => route.key === key)) {
      throw new Error(`Unable to find Route by key ${key} within the provided RouteSettings`);
    }
    const unknown = Object.keys(values).find((name) => !ROUTE_SETTINGS.includes(name));
    if (unknown) throw new Error(`RouteSettings of ${key}: ${unknown} is not emulated for HTTP APIs.`);
  }
  const throttles = Object.entries(settings).map(([key, values]) => [key, throttleOf(values)] as const);
  return Object.fromEntries(throttles.filter(([, { rate, burst }]) => rate !== undefined || burst !== undefined));
}

function throttleOf(settings: any): Throttle {
  return { rate: numberOf(settings?.ThrottlingRateLimit), burst: numberOf(settings?.ThrottlingBurstLimit) };
}

function numberOf(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}
