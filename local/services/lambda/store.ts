import type { Journal, JournalCollection } from '../../kernel/journal';
import { functionNotFound, notFound, resourceConflict } from './faults';
import type { FunctionReference } from './function-arn';
import { functionArn } from './function-arn';
import type {
  AsyncInvocation,
  EventInvokeConfig,
  EventSourceMapping,
  FunctionAlias,
  FunctionVersion,
  LambdaFunction,
  PermissionStatement,
} from './model';

/** What the store is made of. */
export interface LambdaStoreOptions {
  readonly region: string;
  readonly accountId: string;
  readonly journal: Journal;
}

/**
 * All state of the embedded Lambda: plain data, changed only by these methods, and told to the journal by each of them.
 * Workers are no state.
 */
export class LambdaStore {
  private readonly functions: Map<string, LambdaFunction>;
  private readonly mappings: Map<string, EventSourceMapping>;
  private readonly asyncQueue: Map<string, AsyncInvocation>;
  /** ZIP files by their hash. */
  private readonly archives: Map<string, Buffer>;
  private readonly functionRecords: JournalCollection<LambdaFunction>;
  private readonly mappingRecords: JournalCollection<EventSourceMapping>;
  private readonly asyncRecords: JournalCollection<AsyncInvocation>;
  private readonly archiveRecords: JournalCollection<Uint8Array>;

  constructor(private readonly options: LambdaStoreOptions) {
    const { journal } = options;
    this.functionRecords = journal.collection('lambda.functions');
    this.mappingRecords = journal.collection('lambda.mappings');
    this.asyncRecords = journal.collection('lambda.events');
    this.archiveRecords = journal.collection('lambda.archives');
    this.functions = new Map(this.functionRecords.restored());
    this.mappings = new Map(this.mappingRecords.restored());
    this.asyncQueue = new Map(this.asyncRecords.restored());
    this.archives = new Map();
    for (const [hash, archive] of this.archiveRecords.restored()) this.archives.set(hash, Buffer.from(archive));
  }

  /** ARN of a function of this account, qualified when the reference is. */
  arnOf({ functionName, qualifier }: FunctionReference): string {
    return functionArn(this.options.region, this.options.accountId, functionName, qualifier);
  }

  addFunction(latest: FunctionVersion, tags: Record<string, string>, reservedConcurrency?: number): void {
    if (this.functions.has(latest.FunctionName)) {
      throw resourceConflict(`Function already exist: ${latest.FunctionName}`);
    }
    this.functions.set(latest.FunctionName, {
      latest,
      versions: new Map(),
      aliases: new Map(),
      lastPublished: 0,
      tags,
      policies: new Map(),
      eventInvokeConfigs: new Map(),
      reservedConcurrency,
    });
    this.changed(latest.FunctionName);
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
    this.functionRecords.delete(functionName);
    this.dropArchives();
  }

  setLatest(latest: FunctionVersion): void {
    this.function(latest.FunctionName).latest = latest;
    this.changed(latest.FunctionName);
    this.dropArchives();
  }

  /** Keeps a ZIP file for the version that is about to name it. */
  keepArchive(hash: string, archive: Buffer): void {
    if (this.archives.has(hash)) return;
    this.archives.set(hash, archive);
    this.archiveRecords.put(hash, archive);
  }

  /** The ZIP file with this hash; a version that names it keeps it here. */
  archive(hash: string): Buffer {
    return this.archives.get(hash)!;
  }

  setReservedConcurrency(functionName: string, limit: number | undefined): void {
    this.function(functionName).reservedConcurrency = limit;
    this.changed(functionName);
  }

  setTags(functionName: string, tags: Record<string, string>): void {
    this.function(functionName).tags = tags;
    this.changed(functionName);
  }

  /** Freezes `$LATEST` under the next number; the same number again while nothing has changed, as AWS does. */
  publishVersion(functionName: string, description: string | undefined, revisionId: string): FunctionVersion {
    const entry = this.function(functionName);
    const last = entry.versions.get(String(entry.lastPublished));
    if (last && sameConfiguration(last, entry.latest)) return last;
    const Version = String(++entry.lastPublished);
    const version = {
      ...entry.latest,
      Version,
      Description: description ?? entry.latest.Description,
      RevisionId: revisionId,
    };
    entry.versions.set(Version, version);
    this.changed(functionName);
    return version;
  }

  removeVersion(functionName: string, version: string): void {
    if (!this.functions.get(functionName)?.versions.delete(version)) return;
    this.changed(functionName);
    this.dropArchives();
  }

  setAlias(functionName: string, alias: FunctionAlias): void {
    this.function(functionName).aliases.set(alias.Name, alias);
    this.changed(functionName);
  }

  removeAlias(functionName: string, name: string): void {
    if (this.functions.get(functionName)?.aliases.delete(name)) this.changed(functionName);
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
    const alias = entry.aliases.get(qualifier);
    const [additional, weight] = Object.entries(alias?.AdditionalVersionWeights ?? {})[0] ?? [];
    const number = alias ? (additional && draw < weight! ? additional : alias.FunctionVersion) : qualifier;
    const version = number === '$LATEST' ? entry.latest : entry.versions.get(number);
    if (!version) throw missing();
    return version;
  }

  /** Changes the statements of a qualifier's policy ('' for the function itself). */
  setPolicy(functionName: string, qualifier: string, statements: PermissionStatement[]): void {
    const { policies } = this.function(functionName);
    if (statements.length > 0) policies.set(qualifier, statements);
    else policies.delete(qualifier);
    this.changed(functionName);
  }

  setEventInvokeConfig(functionName: string, qualifier: string, config: EventInvokeConfig | undefined): void {
    const { eventInvokeConfigs } = this.function(functionName);
    if (config) eventInvokeConfigs.set(qualifier, config);
    else eventInvokeConfigs.delete(qualifier);
    this.changed(functionName);
  }

  addMapping(mapping: EventSourceMapping): void {
    this.mappings.set(mapping.UUID, mapping);
    this.mappingRecords.put(mapping.UUID, mapping);
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
    const mapping = Object.assign(this.mapping(uuid), change);
    this.mappingRecords.put(uuid, mapping);
    return mapping;
  }

  /** What became of the last batch of a mapping; nothing when it has been deleted meanwhile. */
  setLastResult(uuid: string, LastProcessingResult: string): void {
    const mapping = this.mappings.get(uuid);
    if (mapping && mapping.LastProcessingResult !== LastProcessingResult) {
      this.updateMapping(uuid, { LastProcessingResult });
    }
  }

  /** A stream mapping is done with the records up to this one. */
  setCheckpoint(uuid: string, shardId: string, sequenceNumber: string): void {
    const mapping = this.mappings.get(uuid);
    if (!mapping) return;
    mapping.checkpoints[shardId] = sequenceNumber;
    this.mappingRecords.put(uuid, mapping);
  }

  removeMapping(uuid: string): void {
    this.mappings.delete(uuid);
    this.mappingRecords.delete(uuid);
  }

  enqueueAsync(invocation: AsyncInvocation): void {
    this.asyncQueue.set(invocation.requestId, invocation);
    this.asyncRecords.put(invocation.requestId, invocation);
  }

  /** Moves an asynchronous invocation to its next attempt. */
  postponeAsync(requestId: string, change: Pick<AsyncInvocation, 'invokeCount' | 'throttleCount' | 'nextAtMs'>): void {
    const invocation = this.asyncQueue.get(requestId);
    if (invocation) this.enqueueAsync(Object.assign(invocation, change));
  }

  removeAsync(requestId: string): void {
    this.asyncQueue.delete(requestId);
    this.asyncRecords.delete(requestId);
  }

  pendingAsync(): AsyncInvocation[] {
    return [...this.asyncQueue.values()];
  }

  private changed(functionName: string): void {
    this.functionRecords.put(functionName, this.function(functionName));
  }

  /** Forgets the ZIP files that no version names any more. */
  private dropArchives(): void {
    if (this.archives.size === 0) return;
    const used = new Set<string>();
    for (const { latest, versions } of this.functions.values()) {
      for (const { Code } of [latest, ...versions.values()]) if (Code.kind === 'zip') used.add(Code.sha256);
    }
    for (const hash of this.archives.keys()) {
      if (used.has(hash)) continue;
      this.archives.delete(hash);
      this.archiveRecords.delete(hash);
    }
  }
}

/** What may differ between two versions that are the same: code is compared by its hash, wherever it lies. */
const UNVERSIONED = { Version: '', Description: '', RevisionId: '', LastModifiedMs: 0, Code: undefined };

/** Whether publishing would make a copy of what was published last. */
function sameConfiguration(published: FunctionVersion, latest: FunctionVersion): boolean {
  const stable = (version: FunctionVersion) => JSON.stringify({ ...version, ...UNVERSIONED });
  return stable(published) === stable(latest);
}
