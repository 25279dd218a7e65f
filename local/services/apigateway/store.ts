import type { Api, Integration, JwtAuthorizer, Route, Stage } from './model';

/** Owns all state of API Gateway: HTTP APIs with their stages, routes, integrations and authorizers. */
export class ApiGatewayStore {
  private readonly apis = new Map<string, Api>();

  api(id: string): Api | undefined {
    return this.apis.get(id);
  }

  /** Throws when there is no such API, in AWS's words. */
  existing(id: string): Api {
    const api = this.apis.get(id);
    if (!api) throw new Error(`Invalid API identifier specified: ${id}`);
    return api;
  }

  addApi(api: Api): void {
    this.apis.set(api.id, api);
  }

  changeApi(api: Api, change: Pick<Api, 'name' | 'description' | 'isEndpointDisabled'>): void {
    Object.assign(api, change);
  }

  deleteApi(id: string): void {
    this.apis.delete(id);
  }

  putStage(api: Api, stage: Stage): void {
    api.stages[stage.name] = stage;
  }

  deleteStage(api: Api, name: string): void {
    delete api.stages[name];
  }

  putRoute(api: Api, route: Route): void {
    api.routes[route.id] = route;
  }

  deleteRoute(api: Api, id: string): void {
    delete api.routes[id];
  }

  putIntegration(api: Api, integration: Integration): void {
    api.integrations[integration.id] = integration;
  }

  deleteIntegration(api: Api, id: string): void {
    delete api.integrations[id];
  }

  putAuthorizer(api: Api, authorizer: JwtAuthorizer): void {
    api.authorizers[authorizer.id] = authorizer;
  }

  deleteAuthorizer(api: Api, id: string): void {
    delete api.authorizers[id];
  }
}
