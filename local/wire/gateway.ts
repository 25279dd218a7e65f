/**
 * Owns the way from a caller to an action: finds the service, asks the authorizer, calls the action. Requests of the
 * wire and calls between services go the same way.
 * Refuses to know any one service.
 *
 * Invariants
 * 1. No action runs before every access it names has been allowed.
 * 2. What an action throws reaches the caller as an AwsError; anything else is our defect, logged and answered as
 *    InternalFailure (500).
 */
import { isPromise } from 'node:util/types';
import { FORGETFUL_JOURNAL, type Journal } from '../kernel/journal';
import type { Kernel } from '../kernel/kernel';
import type { Authorizer } from './authorizer';
import { AwsError } from './aws-error';
import type { CallContext, Caller } from './caller';
import type { Host, MetricTime } from './host';
import type { Access, Action, JsonProtocol, Service } from './service';
import type { WireRequest } from './wire-request';

/** What a gateway is made of; an authorizer may be left out where no IAM is wanted (the engine alone, unit tests). */
export interface GatewayOptions {
  readonly kernel: Kernel;
  /** @default forgets everything */
  readonly journal?: Journal;
  readonly accountId?: string;
  readonly region?: string;
  /** Takes a line for the person who runs this. Default: standard error. */
  readonly warn?: (line: string) => void;
}

/** Counts for CloudWatch; see {@link Host.metric}. */
export type MetricSink = (
  namespace: string,
  name: string,
  dimensions: Record<string, string>,
  value: number,
  unit?: string,
  at?: MetricTime,
) => void;

/** A service, and how it speaks under one target. */
export interface JsonTarget {
  readonly service: Service;
  readonly protocol: JsonProtocol;
}

/** The dispatcher of the embedded AWS. */
export class Gateway implements Host {
  readonly kernel: Kernel;
  readonly journal: Journal;
  readonly accountId: string;
  readonly region: string;
  readonly warn: (line: string) => void;
  private readonly services = new Map<string, Service>();
  private readonly targets = new Map<string, JsonTarget>();
  private readonly reported = new Set<string>();
  private authorizer: Authorizer | undefined;
  private metricSink: MetricSink | undefined;
  private url: string | undefined;

  constructor(options: GatewayOptions) {
    this.kernel = options.kernel;
    this.journal = options.journal ?? FORGETFUL_JOURNAL;
    this.accountId = options.accountId ?? '000000000000';
    this.region = options.region ?? 'us-east-1';
    this.warn = options.warn ?? ((line) => process.stderr.write(`${line}\n`));
  }

  /** Adds a service under its name and, for the JSON protocol, its target. */
  register(...services: Service[]): void {
    for (const service of services) {
      this.services.set(service.name, service);
      for (const protocol of service.protocols) {
        if (protocol.kind === 'json') this.targets.set(protocol.target, { service, protocol });
      }
    }
  }

  /** The registered services, in order of registration. */
  get registered(): readonly Service[] {
    return [...this.services.values()];
  }

  /** Lets IAM decide from now on. */
  useAuthorizer(authorizer: Authorizer): void {
    this.authorizer = authorizer;
  }

  /** Receives the services' own metrics from now on. */
  useMetricSink(sink: MetricSink): void {
    this.metricSink = sink;
  }

  /** Told by the server once its port is bound. */
  boundTo(url: string): void {
    this.url = url;
  }

  endpoint(): string {
    if (!this.url) throw new Error('the embedded AWS is not listening yet: its endpoint is not known');
    return this.url;
  }

  serviceByName(name: string): Service | undefined {
    return this.services.get(name);
  }

  /** What stands behind the first part of an `X-Amz-Target`. */
  byTarget(target: string): JsonTarget | undefined {
    return this.targets.get(target);
  }

  /** Who a request with this access key comes from. */
  identify(accessKeyId: string): Caller {
    return this.authorizer?.identify(accessKeyId) ?? administrator(this.accountId);
  }

  async call(
    caller: Caller,
    serviceName: string,
    actionName: string,
    input: object,
    signal?: AbortSignal,
    traceHeader?: string,
  ) {
    const service = this.services.get(serviceName);
    const action = service && actionOf(service, actionName);
    if (!service || !action)
      throw new AwsError('UnknownOperationException', `${serviceName}:${actionName} is unknown.`);
    const request = { requestId: this.kernel.random.uuid(), signal, traceHeader };
    return this.performApart(service, actionName, action, input, caller, request);
  }

  /** As `perform`, never answered at once: calls that a service makes together go out before the first answer is in. */
  private async performApart(...of: Parameters<Gateway['perform']>): Promise<any> {
    return await this.perform(...of);
  }

  /** Authorizes and carries out one action: its output, or the promise of it when the action has to wait. */
  perform(
    service: Service,
    actionName: string,
    action: Action,
    input: object,
    caller: Caller,
    request: RequestContext,
  ): any {
    const call = new ActionCall(caller, request);
    try {
      if (this.authorizer && action.access) {
        for (const access of action.access(input, call)) {
          const policy = service.resourcePolicy?.(access.resource);
          this.authorizer.authorize(caller, service.name, access, policy);
        }
      }
      const output = action.handle(input, call);
      if (!isPromise(output)) return output;
      return output.catch((error) => {
        throw this.asAwsError(error, `${service.name}:${actionName}`);
      });
    } catch (error) {
      throw this.asAwsError(error, `${service.name}:${actionName}`);
    }
  }

  authorize(caller: Caller, service: string, access: Access, resourcePolicy?: object): void {
    this.authorizer?.authorize(caller, service, access, resourcePolicy);
  }

  assumeRole(roleArn: string, servicePrincipal: string, sessionName: string, sourceArn?: string): Caller {
    if (this.authorizer) return this.authorizer.assumeRole(roleArn, servicePrincipal, sessionName, sourceArn);
    const arn = `arn:aws:sts::${this.accountId}:assumed-role/${roleArn.split('/').pop()}/${sessionName}`;
    return { kind: 'role', arn, roleArn, accountId: this.accountId };
  }

  credentialsOf(caller: Caller) {
    return (
      this.authorizer?.credentialsOf(caller) ?? {
        accessKeyId: 'local',
        secretAccessKey: 'local',
        sessionToken: 'local',
      }
    );
  }

  metric(...of: Parameters<MetricSink>): void {
    this.metricSink?.(...of);
  }

  /** Says once per operation and caller that something asked for what is not emulated, and which resource of which stack it was. */
  reportUnknown(service: string, operation: string, request: Pick<WireRequest, 'caller'>): void {
    const caller = callerOf(request);
    const name = caller && describe(caller);
    const line = `${oneLine(service)}: operation ${oneLine(operation) || '(none)'} is not emulated, called by ${name}`;
    if (this.reported.size >= 1000 || this.reported.has(line)) return;
    this.reported.add(line);
    if (caller?.kind !== 'role') this.warn(line);
    else void this.resourceOf(caller).then((resource) => this.warn(`${line}${resource}`));
  }

  /** Which resource of which stack a session stands for: a function or a state machine by the session's name, or its role. */
  private async resourceOf({ arn, accountId }: Caller & { kind: 'role' }): Promise<string> {
    for (const PhysicalResourceId of arn.split('/').slice(1).reverse()) {
      try {
        const input = { PhysicalResourceId };
        const answer = await this.call(administrator(accountId), 'cloudformation', 'DescribeStackResources', input);
        const found = (answer.StackResources as { PhysicalResourceId?: string }[]).find(
          (resource) => resource.PhysicalResourceId === PhysicalResourceId,
        ) as { LogicalResourceId: string; StackName: string } | undefined;
        if (found) return ` (resource ${found.LogicalResourceId} of stack ${found.StackName})`;
      } catch {
        // No stack has a resource of this name.
      }
    }
    return '';
  }

  /** Lets every service start again what an earlier process left under way; settles when all that listened listens again. */
  async resume(): Promise<void> {
    await Promise.all([...this.services.values()].map((service) => service.resume?.()));
  }

  /** Ends every service's pollers and workers. */
  async stop(): Promise<void> {
    await Promise.all([...this.services.values()].reverse().map((service) => service.stop?.()));
  }

  private asAwsError(error: unknown, what: string): AwsError {
    if (error instanceof AwsError) return error;
    // What a client has put in levels without end (JSON in a text of its request) ends the stack, and is its own fault.
    if (error instanceof RangeError && /call stack/.test(error.message)) {
      return new AwsError('SerializationException', 'The request holds too many levels of values.');
    }
    this.warn(
      `${what} failed inside the embedded AWS: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
    );
    return new AwsError('InternalFailure', 'The request processing has failed because of an unknown error.', 500);
  }
}

/** The part of a request that actions get to see. */
interface RequestContext {
  readonly requestId: string;
  readonly signal?: AbortSignal;
  readonly traceHeader?: string;
  afterAnswer?(work: () => void): void;
}

/** What an action is called with. The signal is read by the few that wait: making one costs more than most actions. */
class ActionCall implements CallContext {
  constructor(
    readonly caller: Caller,
    private readonly request: RequestContext,
  ) {}

  get requestId(): string {
    return this.request.requestId;
  }

  get signal(): AbortSignal | undefined {
    return this.request.signal;
  }

  get traceHeader(): string | undefined {
    return this.request.traceHeader;
  }

  afterAnswer(work: () => void): void {
    if (this.request.afterAnswer) this.request.afterAnswer(work);
    else work();
  }
}

/** An action by name; never a member that every object has. */
export function actionOf(service: Service, name: string): Action | undefined {
  return Object.hasOwn(service.actions, name) ? service.actions[name] : undefined;
}

/** Somebody at the keyboard. */
export function administrator(accountId: string): Caller {
  return { kind: 'user', arn: `arn:aws:iam::${accountId}:user/local`, accountId };
}

function callerOf(request: Pick<WireRequest, 'caller'>): Caller | undefined {
  try {
    return request.caller();
  } catch {
    return undefined;
  }
}

/** What a client wrote, fit for a line of the log. */
function oneLine(text: string): string {
  return text.slice(0, 200).replace(/\p{Cc}/gu, ' ');
}

function describe(caller: Caller): string {
  return caller.kind === 'service' ? `${caller.principal} for ${caller.sourceArn}` : caller.arn;
}
