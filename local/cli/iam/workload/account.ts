/**
 * Owns the embedded AWS on which the workload runs, and the record of every decision there.
 * Refuses to wait for what was refused: the first refusal that nobody expected ends the workload.
 */
import { type EmbeddedAws, startEmbeddedAws } from '../../../embedded-aws';
import { LeapingClock } from '../../../kernel/leaping-clock';
import { SystemRandom } from '../../../kernel/random';
import { type AskedRequest, DecisionRecord } from '../../../services/iam/decision-record';
import type { RoleDocuments } from '../../../services/iam/replay';
import type { LambdaService } from '../../../services/lambda/router';
import { administrator } from '../../../wire/gateway';
import { newTraceId, writeTraceHeader } from '../../../wire/trace-header';
import { attachedPolicies } from '../attached-policies';
import type { AttachedPolicy } from '../policy-statement';
import { type Call, stackResources } from '../stack-resources';

/** How long is waited for one thing, in milliseconds of the machine. */
const PATIENCE_MS = 60_000;
const POLL_MS = 3;

/** Policies of the roles that people assume. No part of the workload is a person: test/e2e/ops/roles.deep.test.ts does their work and judges these. */
const OF_PEOPLE = /^(Access(Operator|Auditor|OnCall)\d?|People(Operator|Auditor|OnCall))/;

/** A role or a service was refused what it needs. */
export class UnexpectedRefusal extends Error {
  constructor(readonly asked: AskedRequest) {
    super(`${whoAsked(asked)} was refused ${asked.action} on ${asked.resource}.`);
    this.name = 'UnexpectedRefusal';
  }
}

/** An answer of an HTTP API. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** See the head of this file. */
export class WorkloadAccount {
  readonly clock = new LeapingClock();
  readonly record = new DecisionRecord();
  /** What the embedded AWS had to say. */
  readonly warnings: string[] = [];
  /** Outputs of all stacks. */
  outputs: Readonly<Record<string, string>> = {};
  /** The policies of the stacks, once they are deployed, but for those of people. */
  policies: readonly AttachedPolicy[] = [];
  private readonly random = new SystemRandom();
  private embedded!: EmbeddedAws;
  private refusal: UnexpectedRefusal | undefined;
  private isProbing = false;
  private readonly gone = new Set<string>();

  /** Starts an embedded AWS and deploys an assembly; everything is recorded from the first call on. */
  async deploy(assemblyFolder: string): Promise<void> {
    const kernel = { clock: this.clock, random: this.random };
    this.embedded = await startEmbeddedAws({ port: 0, kernel, warn: (line) => this.warnings.push(line) });
    this.embedded.authorizer.observeWith((asked, isAllowed) => this.observe(asked, isAllowed));
    const stacks = await this.embedded.deploy(assemblyFolder);
    this.outputs = Object.assign({}, ...Object.values(stacks));
    const policies = await attachedPolicies(this.call);
    this.policies = policies.filter(({ logicalId }) => !OF_PEOPLE.test(logicalId));
  }

  /** The first request that a role or a service was refused, if there was one. */
  get refused(): AskedRequest | undefined {
    return this.refusal?.asked;
  }

  get accountId(): string {
    return this.embedded.accountId;
  }

  get region(): string {
    return this.embedded.region;
  }

  /** The documents that bind each role. */
  get roles(): readonly RoleDocuments[] {
    return this.embedded.authorizer.roles();
  }

  /** Calls an API action as the account's administrator. X-Ray records what follows from it: chance has no say in what is traced. */
  readonly call: Call = (service, action, input) => {
    const header = writeTraceHeader({ root: newTraceId(this.random, this.clock.now()), isSampled: true });
    return this.embedded.gateway.call(administrator(this.accountId), service, action, input, undefined, header);
  };

  /** The same, whatever the service makes of it once IAM has let it through. */
  async attempt(service: string, action: string, input: object): Promise<void> {
    await this.call(service, action, input).catch((error: unknown) => {
      if (/AccessDenied/.test((error as { code?: string }).code ?? '')) throw error;
    });
  }

  /** An output of one of the stacks; throws an Error when none has it. */
  output(name: string): string {
    const value = this.outputs[name];
    if (value === undefined) throw new Error(`No stack has the output ${name}.`);
    return value;
  }

  /** Physical ids of the resources of a type with a fitting logical id; physical ones are cut off. */
  async idsOf(type: string, logicalId: RegExp): Promise<string[]> {
    const resources = await stackResources(this.call);
    const wanted = resources.filter((resource) => resource.type === type && logicalId.test(resource.logicalId));
    return wanted.map(({ physicalId }) => physicalId);
  }

  /** Names of the functions whose logical ids have one of these words. */
  functionNames(...words: string[]): Promise<string[]> {
    return this.idsOf('AWS::Lambda::Function', new RegExp(words.join('|')));
  }

  /** Asks an HTTP API as somebody who signs; the embedded AWS reads the key alone. */
  async http(
    api: string,
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<HttpAnswer> {
    return this.fetch(`${this.output(api)}${path}`, {
      method,
      body: body && JSON.stringify(body),
      headers: { ...headers, 'content-type': 'application/json', authorization: this.signedFor('execute-api') },
    });
  }

  /** Puts a text into a bucket; gives the version. */
  async putObject(bucket: string, key: string, body: string): Promise<{ versionId: string }> {
    const url = `${this.embedded.url}/${bucket}/${key}`;
    const response = await fetch(url, { method: 'PUT', body, headers: { authorization: this.signedFor('s3') } });
    if (!response.ok) throw new Error(`PUT ${key} answered ${response.status}: ${await response.text()}`);
    return { versionId: response.headers.get('x-amz-version-id') ?? '' };
  }

  /** Asks as a browser does. */
  async fetch(url: string, init: RequestInit = {}): Promise<HttpAnswer> {
    const response = await fetch(url, init);
    return { status: response.status, text: await response.text() };
  }

  /** What the inbox shows under a path. */
  async inbox(path: string): Promise<any> {
    const { text } = await this.fetch(`${this.embedded.url}/inbox${path}`, { headers: { accept: 'application/json' } });
    return JSON.parse(text);
  }

  /** Asks until there is an answer; throws UnexpectedRefusal as soon as somebody was refused. */
  async until<T>(what: string, probe: () => Promise<T | undefined> | T | undefined): Promise<T> {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
      if (this.refusal) throw this.refusal;
      const found = await probe();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    throw new Error(`${what}: not there after ${PATIENCE_MS / 1000} s. ${this.warnings.join('\n')}`);
  }

  /** Waits for the end of an execution; gives its status. Time leaps over its pauses when it has any. */
  async end(executionArn: string): Promise<string> {
    return this.until(`the end of ${executionArn}`, async () => {
      const { status } = await this.call('states', 'DescribeExecution', { executionArn }).catch(() => ({}));
      return status === undefined || status === 'RUNNING' ? undefined : status;
    });
  }

  /** Waits until no function runs, and what they logged is written. */
  async idle(): Promise<void> {
    const lambda = this.service('lambda') as LambdaService;
    await lambda.whenIdle();
    await lambda.flushLogs();
    if (this.refusal) throw this.refusal;
  }

  /** Deletes a queue. What it is asked from now on tells nothing. */
  async deleteQueue(QueueUrl: string): Promise<void> {
    const { Attributes } = await this.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
    this.gone.add(Attributes.QueueArn);
    await this.call('sqs', 'DeleteQueue', { QueueUrl });
  }

  /** Goes forward in time while no function runs. */
  async leap(seconds: number): Promise<void> {
    await this.idle();
    this.clock.leap(seconds * 1000);
  }

  /**
   * Whether the administrator is let through to a resource with keys that no request here has, such as
   * `aws:SecureTransport` of one that came in the clear. A refusal is what is hoped for.
   */
  probe(service: string, action: string, resource: string, context: Record<string, string>): boolean {
    const policy = this.service(service)?.resourcePolicy?.(resource);
    this.isProbing = true;
    try {
      this.embedded.gateway.authorize(administrator(this.accountId), service, { action, resource, context }, policy);
      return true;
    } catch {
      return false;
    } finally {
      this.isProbing = false;
    }
  }

  stop(): Promise<void> {
    return this.embedded.stop();
  }

  private signedFor(service: string): string {
    const scope = `local/20260101/${this.region}/${service}/aws4_request`;
    return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
  }

  private service(name: string) {
    return this.embedded.gateway.registered.find((service) => service.name === name);
  }

  private observe(asked: AskedRequest, isAllowed: boolean): void {
    // A policy that is put is read once in the name of nobody, who has no account: no request.
    if (asked.caller.accountId === '' || this.gone.has(asked.resource)) return;
    this.record.add(asked, isAllowed);
    if (!isAllowed && !this.isProbing) this.refusal ??= new UnexpectedRefusal(asked);
  }
}

/** The caller of a request, as people call it. */
export function whoAsked({ caller }: AskedRequest): string {
  if (caller.kind === 'service') return `${caller.principal} for ${caller.sourceArn}`;
  return caller.kind === 'role' ? caller.roleArn : caller.arn;
}
