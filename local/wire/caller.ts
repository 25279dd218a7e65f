/**
 * Who makes a call.
 * - `user`: somebody at the keyboard, with credentials that stand for no role: the account's administrator.
 * - `role`: a session of a role of the account; decided by the role's policies.
 * - `service`: an AWS service acting for itself (EventBridge delivering to a queue); decided by resource policies,
 *   with `sourceArn` as `aws:SourceArn`.
 * `via` is the service that passes the call on for its own caller (`sqs.us-east-1.amazonaws.com`): `kms:ViaService`.
 */
export type Caller =
  | { readonly kind: 'user'; readonly arn: string; readonly accountId: string; readonly via?: string }
  | {
      readonly kind: 'role';
      /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` */
      readonly arn: string;
      readonly roleArn: string;
      readonly accountId: string;
      readonly via?: string;
    }
  | {
      readonly kind: 'service';
      /** The service principal, such as `events.amazonaws.com`. */
      readonly principal: string;
      readonly sourceArn: string;
      readonly accountId: string;
      readonly via?: string;
    };

/** Whoever sends an unsigned request: as for a service, a resource's own policy alone decides. */
export const ANONYMOUS: Caller = { kind: 'service', principal: 'anonymous', sourceArn: '', accountId: '' };

/** The same caller when a service calls another one on its behalf. */
export function onBehalfOf(caller: Caller, service: string, region: string): Caller {
  return { ...caller, via: `${service}.${region}.amazonaws.com` };
}

/** What a call is made with besides its input. */
export interface CallContext {
  readonly caller: Caller;
  readonly requestId: string;
  /** Aborted when the client has gone away (a long poll must not take messages for nobody). */
  readonly signal?: AbortSignal;
  /** The `X-Amzn-Trace-Id` of the request, or what the calling service hands on in its place. */
  readonly traceHeader?: string;
  /**
   * Does `work`, which the answer does not depend on, once the answer has left and before the next request is read. Only
   * requests of the port have it: between services such work is done at once.
   */
  afterAnswer?(work: () => void): void;
}
