import type { Action } from '../../../wire/service';
import type { ApiGateway } from '../api-gateway';
import { describeAuthorizer, describeIntegration, describeRoute, describeStage } from '../describe-api';
import { notFoundException } from '../faults';
import type { Api } from '../model';
import { page } from '../page';

/** A kind of thing that an API has. */
interface Part {
  /** As it stands in the path: `routes`. */
  readonly path: string;
  /** As AWS names it when it is not there. */
  readonly noun: string;
  list(api: Api): object[];
  find(api: Api, id: string): object | undefined;
}

const PARTS = {
  Stage: partOf('stages', 'Stage', (api) => api.stages, describeStage),
  Route: partOf('routes', 'Route', (api) => api.routes, describeRoute),
  Integration: partOf('integrations', 'Integration', (api) => api.integrations, describeIntegration),
  Authorizer: partOf('authorizers', 'Authorizer', (api) => api.authorizers, describeAuthorizer),
};

/**
 * GetStages and GetStage, GetRoutes and GetRoute, and so on: one action lists, the other gives one.
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html
 */
export function getParts(gateway: ApiGateway): Record<string, Action> {
  return Object.fromEntries(
    Object.entries(PARTS).flatMap(([name, part]) => [
      [`Get${name}s`, listOf(gateway, part)],
      [`Get${name}`, oneOf(gateway, part)],
    ]),
  );
}

function partOf<Value>(
  path: string,
  noun: string,
  all: (api: Api) => Record<string, Value>,
  describe: (value: Value) => object,
): Part {
  return {
    path,
    noun,
    list: (api) => Object.values(all(api)).map(describe),
    find: (api, id) => (Object.hasOwn(all(api), id) ? describe(all(api)[id]!) : undefined),
  };
}

function listOf(
  gateway: ApiGateway,
  { path, list }: Part,
): Action<{ ApiId: string; maxResults?: string; nextToken?: string }> {
  return {
    access: ({ ApiId }) => gateway.readAccess(`/apis/${ApiId}/${path}`),
    handle: (input) => page(list(gateway.known(input.ApiId)), input),
  };
}

function oneOf(gateway: ApiGateway, { path, noun, find }: Part): Action<{ ApiId: string; Id: string }> {
  return {
    access: ({ ApiId, Id }) => gateway.readAccess(`/apis/${ApiId}/${path}/${Id}`),
    handle: ({ ApiId, Id }) => {
      const found = find(gateway.known(ApiId), Id);
      if (!found) throw notFoundException(`Invalid ${noun} identifier specified`);
      return found;
    },
  };
}
