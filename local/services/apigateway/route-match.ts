/**
 * Owns which route answers a request: a full match before one with variables, that before a greedy one, `$default`
 * last. Pure. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
import type { Route } from './model';

/** A route that answers, and what its variables stand for. */
export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Record<string, string>;
}

/** Throws for a key that is none: `GET /path`, `ANY /path`, `$default`. */
export function checkRouteKey(key: string): void {
  if (key === '$default') return;
  const isValid = /^(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S*$/.test(key);
  const variables = [...key.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name!);
  const greedyAt = key.indexOf('+}');
  if (
    !isValid ||
    variables.some((name) => !/^[A-Za-z0-9._:-]+\+?$/.test(name)) ||
    (greedyAt >= 0 && greedyAt + 2 < key.length)
  ) {
    throw new Error(`The provided route key is not formatted properly for HTTP protocol: ${key}`);
  }
}

/** The path of a route's key; empty for `$default`. */
export function routePath(key: string): string {
  return key === '$default' ? '' : key.slice(key.indexOf(' ') + 1);
}

/** The best route for a request, or undefined. `path` is as sent, without the stage. */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  let best: { match: RouteMatch; rank: number[] } | undefined;
  for (const route of routes) {
    const found = route.key === '$default' ? { pathParameters: {}, rank: [] } : match(route.key, method, path);
    if (found && (!best || isBefore(found.rank, best.rank))) {
      best = { match: { route, pathParameters: found.pathParameters }, rank: found.rank };
    }
  }
  return best?.match;
}

function match(key: string, method: string, path: string) {
  const routeMethod = key.slice(0, key.indexOf(' '));
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined;
  const wanted = segmentsOf(routePath(key));
  const given = segmentsOf(path);
  const pathParameters: Record<string, string> = {};
  const rank: number[] = [];
  for (const [index, segment] of wanted.entries()) {
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
    if (greedy && name) {
      if (index >= given.length || given[index] === '') return undefined;
      pathParameters[name] = decode(given.slice(index).join('/'));
      return { pathParameters, rank: [...rank, 1, methodRank(routeMethod)] };
    }
    const value = given[index];
    if (value === undefined || (name ? value === '' : value !== segment)) return undefined;
    if (name) pathParameters[name] = decode(value);
    rank.push(name ? 2 : 3);
  }
  return wanted.length === given.length ? { pathParameters, rank: [...rank, 4, methodRank(routeMethod)] } : undefined;
}

/** A route of the request's own method comes before one of any. */
function methodRank(method: string): number {
  return method === 'ANY' ? 0 : 1;
}

function isBefore(rank: number[], other: number[]): boolean {
  for (let i = 0; i < Math.max(rank.length, other.length); i++) {
    const difference = (rank[i] ?? -1) - (other[i] ?? -1);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function segmentsOf(path: string): string[] {
  return path.replace(/^\//, '').split('/');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
