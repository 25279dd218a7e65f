import type { ResourceProvider } from '../../../wire/resource-provider';
import type { ApiGateway } from '../api-gateway';
import type { Stage } from '../model';

/** `AWS::ApiGatewayV2::Stage`: Ref is the stage's name. Changes of routes are live at once, as with AutoDeploy. */
export function stageResource(gateway: ApiGateway): ResourceProvider {
  const read = (properties: any): Stage => {
    const { StageName: name, AccessLogSettings: log, DefaultRouteSettings: settings } = properties;
    if (String(properties.AutoDeploy ?? 'false') !== 'true') {
      throw new Error(`Stage ${name} has no AutoDeploy: deployments that are made by hand are not emulated.`);
    }
    return {
      name,
      throttle: {
        rate: numberOf(settings?.ThrottlingRateLimit),
        burst: numberOf(settings?.ThrottlingBurstLimit),
      },
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
      Tags: { inert: 'tags of stages are not read back by anything emulated' },
    },
    create: (properties) => {
      const api = gateway.store.existing(properties.ApiId);
      if (Object.hasOwn(api.stages, properties.StageName))
        throw new Error(`Stage already exists: ${properties.StageName}`);
      gateway.store.putStage(api, read(properties));
      return { physicalId: properties.StageName };
    },
    update: (_physicalId, properties) => {
      gateway.store.putStage(gateway.store.existing(properties.ApiId), read(properties));
      return { physicalId: properties.StageName };
    },
    delete: (physicalId, properties) => {
      const api = gateway.store.api(properties.ApiId);
      if (api) gateway.store.deleteStage(api, physicalId);
    },
  };
}

function numberOf(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}
