import type { CallContext, Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import type { Access, Action } from '../../wire/service';
import type { AsyncInvoker } from './asynchronous/async-invoker';
import type { Invoker } from './execution/invoker';
import { functionOfOtherAccount, notFound } from './faults';
import { readFunctionReference } from './function-arn';
import type { EventSourceMapping } from './model';
import type { LambdaStore } from './store';

/** Starts and ends the pollers of event source mappings. */
export interface MappingControl {
  /** Starts, restarts or stops the poller after a mapping was created or changed. */
  apply(mapping: EventSourceMapping): void;
  remove(uuid: string): void;
}

/** What the actions of Lambda work with. */
export interface LambdaParts {
  readonly host: Host;
  readonly store: LambdaStore;
  readonly invoker: Invoker;
  readonly asyncInvoker: AsyncInvoker;
  readonly mappings: MappingControl;
}

/** Makes an action from the parts. */
export type ActionFactory = (parts: LambdaParts) => Action;

/**
 * Access to the function that the input names, as `lambda:ACTION` on its ARN; qualified only when the caller said so. Throws
 * AccessDeniedException for a function of another account, ResourceNotFoundException for one of another region.
 */
export function functionAccess(parts: LambdaParts, action: string) {
  return (input: { FunctionName?: unknown; Qualifier?: string }, call: CallContext): Access[] => {
    checkPlace(parts.host, String(input.FunctionName), call.caller, action);
    const resource = parts.store.arnOf(readFunctionReference(input.FunctionName, input.Qualifier));
    return [{ action: `lambda:${action}`, resource }];
  };
}

function checkPlace({ accountId, region }: Host, name: string, caller: Caller, action: string): void {
  const [, wantedRegion, wantedAccount] = /^arn:[^:]*:lambda:([^:]*):(\d{12}):/.exec(name) ?? [];
  if (wantedAccount !== undefined && wantedAccount !== accountId) throw functionOfOtherAccount(caller, action, name);
  if (wantedRegion !== undefined && wantedRegion !== region) {
    throw notFound(`Functions from '${wantedRegion}' are not reachable in this region ('${region}')`);
  }
}

/** Handing a role to Lambda, which the caller of CreateFunction must be allowed. */
export function passRole(role: string | undefined): Access[] {
  if (!role) return [];
  return [{ action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'lambda.amazonaws.com' } }];
}

/**
 * Access to the event source mapping that the input names, with its function as a condition key.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
 */
export function mappingAccess({ host, store }: LambdaParts, action: string) {
  return ({ UUID }: { UUID?: string }): Access[] => {
    const mapping = store.mapping(UUID ?? '');
    const resource = `arn:aws:lambda:${host.region}:${host.accountId}:event-source-mapping:${UUID}`;
    return [{ action: `lambda:${action}`, resource, context: { 'lambda:FunctionArn': store.arnOf(mapping) } }];
  };
}

/** Access to an action for which AWS knows no resource. */
export function anyAccess(action: string) {
  return (): Access[] => [{ action: `lambda:${action}`, resource: '*' }];
}
