import type { Journal, JournalCollection } from '../../kernel/journal';
import type { Api, Integration, JwtAuthorizer, Route, Stage } from './model';

/** Owns all state of API Gateway: HTTP APIs with their stages, routes, integrations and authorizers; an API is one record of the journal. */
export class ApiGatewayStore {
  private readonly apis: Map<string, Api>;
  private readonly records: JournalCollection<Api>;

  constructor(journal: Journal) {
    this.records = journal.collection('apigateway.apis');
    this.apis = new Map(this.records.restored());
  }

  /** In the order in which they were made. */
  all(): Api[] {
    return [...this.apis.values()];
  }

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
    this.changed(api);
  }

  changeApi(api: Api, change: Pick<Api, 'name' | 'description' | 'isEndpointDisabled'>): void {
    Object.assign(api, change);
    this.changed(api);
  }

  deleteApi(id: string): void {
    this.apis.delete(id);
    this.records.delete(id);
  }

  putStage(api: Api, stage: Stage): void {
    api.stages[stage.name] = stage;
    this.changed(api);
  }

  deleteStage(api: Api, name: string): void {
    delete api.stages[name];
    this.changed(api);
  }

  putRoute(api: Api, route: Route): void {
    api.routes[route.id] = route;
    this.changed(api);
  }

  deleteRoute(api: Api, id: string): void {
    delete api.routes[id];
    this.changed(api);
  }

  putIntegration(api: Api, integration: Integration): void {
    api.integrations[integration.id] = integration;
    this.changed(api);
  }

  deleteIntegration(api: Api, id: string): void {
    delete api.integrations[id];
    this.changed(api);
  }

  putAuthorizer(api: Api, authorizer: JwtAuthorizer): void {
    api.authorizers[authorizer.id] = authorizer;
    this.changed(api);
  }

  deleteAuthorizer(api: Api, id: string): void {
    delete api.authorizers[id];
    this.changed(api);
  }

  private changed(api: Api): void {
    if (this.apis.has(api.id)) this.records.put(api.id, api);
  }
}
