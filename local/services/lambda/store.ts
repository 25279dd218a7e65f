import { functionNotFound, notFound, resourceConflict } from './faults';
import type { FunctionReference } from './function-arn';
import { functionArn } from './function-arn';
import type { AsyncInvocation, EventSourceMapping, FunctionAlias, FunctionVersion, LambdaFunction } from './model';

/** All state of the embedded Lambda: plain data, changed only by these methods. Workers are no state. */
export class LambdaStore {
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly mappings = new Map<string, EventSourceMapping>();
  private readonly asyncQueue = new Map<string, AsyncInvocation>();

  constructor(
    private readonly region: string,
    private readonly accountId: string,
  ) {}

  /** ARN of a function of this account, qualified when the reference is. */
  arnOf({ functionName, qualifier }: FunctionReference): string {
    return functionArn(this.region, this.accountId, functionName, qualifier);
  }

  addFunction(latest: FunctionVersion, tags: Record<string, string>, reservedConcurrency?: number): void {
    if (this.functions.has(latest.FunctionName)) {
      throw resourceConflict(`Function already exist: ${latest.FunctionName}`);
    }
    this.functions.set(latest.FunctionName, {
      latest,
      versions: {},
      aliases: {},
      lastPublished: 0,
      tags,
      policies: {},
      eventInvokeConfigs: {},
      reservedConcurrency,
    });
  }

  /** Throws ResourceNotFoundException for a function that does not exist. */
  function(functionName: string): LambdaFunction {
    const found = this.functions.get(functionName);
    if (!found) throw functionNotFound(this.arnOf({ functionName }));
    return found;
  }

  hasFunction(functionName: string): boolean {
    return this.functions.has(functionName);
  }

  /** Functions in order of their names. */
  listFunctions(): LambdaFunction[] {
    return [...this.functions.values()].sort((a, b) => (a.latest.FunctionName < b.latest.FunctionName ? -1 : 1));
  }

  removeFunction(functionName: string): void {
    this.functions.delete(functionName);
  }

  setLatest(latest: FunctionVersion): void {
    this.function(latest.FunctionName).latest = latest;
  }

  setReservedConcurrency(functionName: string, limit: number | undefined): void {
    this.function(functionName).reservedConcurrency = limit;
  }

  setTags(functionName: string, tags: Record<string, string>): void {
    this.function(functionName).tags = tags;
  }

  /** Freezes `$LATEST` under the next number; the same number again while nothing has changed, as AWS does. */
  publishVersion(functionName: string, description: string | undefined, revisionId: string): FunctionVersion {
    const entry = this.function(functionName);
    const last = entry.versions[String(entry.lastPublished)];
    if (last && sameConfiguration(last, entry.latest)) return last;
    const Version = String(++entry.lastPublished);
    const version = {
      ...entry.latest,
      Version,
      Description: description ?? entry.latest.Description,
      RevisionId: revisionId,
    };
    entry.versions[Version] = version;
    return version;
  }

  removeVersion(functionName: string, version: string): void {
    delete this.functions.get(functionName)?.versions[version];
  }

  setAlias(functionName: string, alias: FunctionAlias): void {
    this.function(functionName).aliases[alias.Name] = alias;
  }

  removeAlias(functionName: string, name: string): void {
    delete this.functions.get(functionName)?.aliases[name];
  }

  /**
   * The version that a reference stands for; `draw` in [0, 1) decides between the two versions of a weighted alias.
   * Throws ResourceNotFoundException.
   */
  resolve(reference: FunctionReference, draw = 1): FunctionVersion {
    const { functionName, qualifier } = reference;
    const entry = this.functions.get(functionName);
    const missing = () => functionNotFound(this.arnOf(reference));
    if (!entry) throw missing();
    if (!qualifier || qualifier === '$LATEST') return entry.latest;
    const alias = entry.aliases[qualifier];
    const [additional, weight] = Object.entries(alias?.AdditionalVersionWeights ?? {})[0] ?? [];
    const number = alias ? (additional && draw < weight! ? additional : alias.FunctionVersion) : qualifier;
    const version = number === '$LATEST' ? entry.latest : entry.versions[number];
    if (!version) throw missing();
    return version;
  }

  /** Changes the statements of a qualifier's policy ('' for the function itself). */
  setPolicy(functionName: string, qualifier: string, statements: LambdaFunction['policies'][string]): void {
    const { policies } = this.function(functionName);
    if (statements.length > 0) policies[qualifier] = statements;
    else delete policies[qualifier];
  }

  setEventInvokeConfig(
    functionName: string,
    qualifier: string,
    config: LambdaFunction['eventInvokeConfigs'][string] | undefined,
  ): void {
    const { eventInvokeConfigs } = this.function(functionName);
    if (config) eventInvokeConfigs[qualifier] = config;
    else delete eventInvokeConfigs[qualifier];
  }

  addMapping(mapping: EventSourceMapping): void {
    this.mappings.set(mapping.UUID, mapping);
  }

  /** Throws ResourceNotFoundException, in AWS's words. */
  mapping(uuid: string): EventSourceMapping {
    const found = this.mappings.get(uuid);
    if (!found) throw notFound('The resource you requested does not exist.');
    return found;
  }

  listMappings(): EventSourceMapping[] {
    return [...this.mappings.values()];
  }

  updateMapping(uuid: string, change: Partial<EventSourceMapping>): EventSourceMapping {
    return Object.assign(this.mapping(uuid), change);
  }

  /** A stream mapping is done with the records up to this one. */
  setCheckpoint(uuid: string, shardId: string, sequenceNumber: string): void {
    const mapping = this.mappings.get(uuid);
    if (mapping) mapping.checkpoints[shardId] = sequenceNumber;
  }

  removeMapping(uuid: string): void {
    this.mappings.delete(uuid);
  }

  enqueueAsync(invocation: AsyncInvocation): void {
    this.asyncQueue.set(invocation.requestId, invocation);
  }

  /** Moves an asynchronous invocation to its next attempt. */
  postponeAsync(requestId: string, change: Pick<AsyncInvocation, 'invokeCount' | 'throttleCount' | 'nextAtMs'>): void {
    const invocation = this.asyncQueue.get(requestId);
    if (invocation) Object.assign(invocation, change);
  }

  removeAsync(requestId: string): void {
    this.asyncQueue.delete(requestId);
  }

  pendingAsync(): AsyncInvocation[] {
    return [...this.asyncQueue.values()];
  }
}

/** Whether publishing would make a copy of what was published last. */
function sameConfiguration(published: FunctionVersion, latest: FunctionVersion): boolean {
  const stable = (version: FunctionVersion) =>
    JSON.stringify({ ...version, Version: '', Description: '', RevisionId: '', LastModifiedMs: 0 });
  return stable(published) === stable(latest);
}
