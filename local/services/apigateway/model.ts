/** An HTTP API, as plain data. */
export interface Api {
  readonly id: string;
  name: string;
  description?: string;
  /** The port of 127.0.0.1 on which it answers. */
  readonly port: number;
  isEndpointDisabled: boolean;
  readonly createdAtMs: number;
  readonly stages: Record<string, Stage>;
  readonly routes: Record<string, Route>;
  readonly integrations: Record<string, Integration>;
  readonly authorizers: Record<string, JwtAuthorizer>;
}

/** How often a stage or a route may be called, in requests per second; `burst` at once. */
export interface Throttle {
  readonly rate?: number;
  readonly burst?: number;
}

/** A deployed stage. The name `$default` stands at the root of the API, others as the first part of the path. */
export interface Stage {
  readonly name: string;
  readonly throttle: Throttle;
  /** By route key, for routes that have limits of their own. */
  readonly routeThrottles: Readonly<Record<string, Throttle>>;
  readonly accessLog?: { readonly destinationArn: string; readonly format: string };
}

/** A route: `POST /orders`, `ANY /{proxy+}`, `$default`. */
export interface Route {
  readonly id: string;
  readonly key: string;
  readonly integrationId: string;
  readonly authorizationType: 'NONE' | 'AWS_IAM' | 'JWT';
  readonly authorizerId?: string;
  readonly scopes: readonly string[];
}

/** A function behind a route. */
export interface Integration {
  readonly id: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
}

/** Whose tokens are taken, and where in the request they are. */
export interface JwtAuthorizer {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly audience: readonly string[];
  /** `$request.header.Authorization` or `$request.querystring.token`. */
  readonly identitySource: string;
}
