import type { Journal } from '../kernel/journal';
import type { Kernel } from '../kernel/kernel';
import type { Caller } from './caller';
import type { Access } from './service';

/** Temporary credentials of a role; the access key stands for the role's session when it comes back on the wire. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** When a value of a metric was measured, and how finely it is kept. */
export interface MetricTime {
  /** @default now */
  readonly timestampMs?: number;
  /** Also kept by the second. @default false */
  readonly isHighResolution?: boolean;
}

/**
 * What every service is given: the kernel, and the way to other services. Services never import one another: they
 * call actions through `call`, which authorizes the caller as a request on the wire would be.
 */
export interface Host {
  readonly kernel: Kernel;
  /** What outlives the process. */
  readonly journal: Journal;
  readonly accountId: string;
  readonly region: string;
  /** `http://127.0.0.1:PORT`, known once the port is bound. */
  endpoint(): string;
  /**
   * Calls an API action as `caller`; rejects with AwsError as the wire would answer it. `traceHeader` is the `X-Amzn-Trace-Id`
   * of the call.
   */
  call(
    caller: Caller,
    service: string,
    action: string,
    input: object,
    signal?: AbortSignal,
    traceHeader?: string,
  ): Promise<any>;
  /**
   * Throws AwsError unless `caller` is allowed an access that no API action stands for, such as
   * `states:InvokeHTTPEndpoint`; `service` is who asks, for the form of the error. `resourcePolicy` is the policy that the
   * resource would have, for the question whether somebody would lock himself out.
   */
  authorize(caller: Caller, service: string, access: Access, resourcePolicy?: object): void;
  /**
   * A session of a role for a service that the role's trust policy admits (`lambda.amazonaws.com`); throws AwsError
   * AccessDenied otherwise. `sourceArn` is what the service acts for: `aws:SourceArn` of the trust policy.
   */
  assumeRole(roleArn: string, servicePrincipal: string, sessionName: string, sourceArn?: string): Caller;
  /** Credentials that, used on the wire, make the request come from `caller`. */
  credentialsOf(caller: Caller): Credentials;
  /** Adds to a service's own CloudWatch metric (`AWS/Lambda` `Invocations`), without going through IAM. */
  metric(
    namespace: string,
    name: string,
    dimensions: Record<string, string>,
    value: number,
    unit?: string,
    at?: MetricTime,
  ): void;
  /** A line for whoever runs the embedded AWS: what is not as they would expect. */
  warn(line: string): void;
}
