/**
 * Ingestion with its real machines on a clock of its own: both definitions on the embedded Step Functions, every function wired as
 * its handler is over stores in memory, the ingestion queue with redelivery, the review queue. A plan says at which
 * effect a process dies or hangs; after every effect the promises to readers are looked at.
 */

import { knownCount, type Row } from '../../../../bin/commands/reconcile/row';
import { placeOf } from '../../../../bin/commands/reconcile/vector-key';
import type { IngestInput } from '../../../../lambdas/ingestion/domain/ingest-starter';
import { AwsError } from '../../../../local/wire/aws-error';
import { recordingService } from '../../../support/recording-service';
import { StepFunctionsBench } from '../../../support/step-functions';
import { documentMachine, loadMachine } from '../../../workflows/ingestion-machine';
import { substituted } from '../../../workflows/substituted';
import { FakePaceStore } from './fake-stores';
import { type Effect, type Fate, FunctionRun } from './function-run';
import { createIngestion } from './ingestion';
import { FUNCTIONS } from './ingestion-functions';

/** How often the queue delivers a message, and when again. */
const MOST_RECEIVES = 4;
const VISIBILITY_MS = 360_000;

/** Seconds of functions that are no states of a machine. */
const OTHER_SECONDS: Readonly<Record<string, number>> = { StartIngestion: 60, SweepDocuments: 300 };

/** A state's timeout is so much longer than that of its function. */
const STATE_MARGIN_SECONDS = 5;

const MOST_TASKS = 20_000;

/** A world with one plan of what goes wrong. */
export class CrashWorld {
  readonly effects: Effect[] = [];
  /** Promises to readers that were broken at some moment, however short. */
  broken: string[] = [];
  /** Messages of the review queue, and of the dead-letter queue: a person looks. */
  readonly parked: any[] = [];
  readonly bench: StepFunctionsBench;
  readonly ingestion: ReturnType<typeof createIngestion>;
  private readonly pace = new FakePaceStore();
  private documentMachineArn!: string;
  private loadMachineArn!: string;

  private constructor(private readonly fate: Fate) {
    const lambda = recordingService('lambda', { Invoke: (input) => this.invokeByName(input) });
    const s3 = recordingService('s3', {
      GetObject: ({ Key }) => ({ Body: this.ingestion.objects.work.get(Key) }),
      PutObject: () => ({}),
    });
    const sqs = recordingService('sqs', { SendMessage: ({ MessageBody }) => this.park(MessageBody) });
    this.bench = new StepFunctionsBench(lambda, s3, sqs);
    const { clock } = this.bench;
    this.ingestion = createIngestion({
      now: () => clock.now(),
      sleep: (milliseconds) =>
        new Promise((resolve) => {
          clock.schedule(clock.now() + milliseconds, resolve);
        }),
    });
  }

  /** A world in which `fate` decides at every effect. */
  static async make(fate: Fate): Promise<CrashWorld> {
    const world = new CrashWorld(fate);
    world.documentMachineArn = await world.bench.create(substituted(documentMachine));
    world.loadMachineArn = await world.bench.create(substituted(loadMachine));
    return world;
  }

  /** Begins with what the stores of another world hold. */
  takeOver({ ingestion: from }: CrashWorld): void {
    const { documents, vectors, cache, objects } = this.ingestion;
    copy(from.documents.rows, documents.rows);
    copy(from.vectors.records, vectors.records);
    copy(from.cache.vectors, cache.vectors);
    for (const member of ['objects', 'work', 'current'] as const) {
      copy<unknown>(from.objects[member], objects[member] as Map<string, unknown>);
    }
    objects.versions = from.objects.versions;
  }

  /** Forgets that nobody knew of these vectors. */
  forgive(keys: readonly string[]): void {
    this.broken = this.broken.filter((promise) => !keys.some((key) => promise === `nobody knows ${key}`));
  }

  /** Sends a message to the ingestion queue. */
  send(body: string, receives = 1, afterMs = 10): void {
    const { clock } = this.bench;
    clock.schedule(clock.now() + afterMs, async () => {
      const answer = await this.invoke('StartIngestion', { messageId: 'message', body });
      if ('result' in answer) return;
      if (receives < MOST_RECEIVES) this.send(body, receives + 1, VISIBILITY_MS);
      else this.parked.push({ deadLetter: body });
    });
  }

  /** Starts a bulk load whose manifest is there. */
  async load(loadId: string): Promise<void> {
    await this.bench.start(this.loadMachineArn, { loadId }, loadId);
  }

  /** Lets everything that is under way come to its end. */
  async rest(): Promise<void> {
    await this.bench.clock.drain(MOST_TASKS);
  }

  /** Turns the clock past what the sweeper waits for, and lets it run. */
  async sweep(): Promise<void> {
    for (const milliseconds of [3_600_000, 8 * 24 * 3_600_000, 3_600_000]) {
      await this.bench.clock.turn(milliseconds);
      await Promise.all([this.invoke('SweepDocuments', {}), this.rest()]);
    }
  }

  /** Executions of both machines with a status. */
  async executions(statusFilter: 'RUNNING' | 'FAILED'): Promise<any[]> {
    const found: any[] = [];
    for (const stateMachineArn of [this.documentMachineArn, this.loadMachineArn]) {
      const { executions } = await this.bench.call('ListExecutions', { stateMachineArn, statusFilter });
      for (const { executionArn } of executions) found.push(await this.bench.describe(executionArn));
    }
    return found;
  }

  /** Whether a person is asked to look at a document, by a message or by an execution that failed. */
  async isInReview(path: string): Promise<boolean> {
    const failed = (await this.executions('FAILED')).map(({ input, error }) => ({ input, error }));
    return [...this.parked, ...failed].some(
      (message) => /load-\d"|loadId/.test(JSON.stringify(message)) || JSON.stringify(message).includes(path),
    );
  }

  private async invokeByName({ FunctionName, Payload }: { FunctionName: string; Payload: Uint8Array }) {
    const name = /\$\{(\w+)\}/.exec(FunctionName)![1]!;
    const answer = await this.invoke(name, JSON.parse(Buffer.from(Payload).toString()));
    if ('result' in answer) return { StatusCode: 200, Payload: Buffer.from(JSON.stringify(answer.result)) };
    return { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(answer)) };
  }

  private invoke(name: string, payload: any) {
    const { objects, documents, vectors, cache, embedder, pages } = this.ingestion;
    const seconds = secondsOf(name, payload.isSingle === true);
    const run = new FunctionRun(this.bench.clock, name, seconds, this.decide, () => this.checkPromises());
    const handler = FUNCTIONS[name]!({
      objects: run.port('objects', objects, ['put', 'putStream']),
      documents: run.port('documents', documents, ['save']),
      vectors: run.port('vectors', vectors, ['put', 'delete']),
      cache: run.port('cache', cache, ['put']),
      embedder: run.port('embedder', embedder, ['embed']),
      pace: run.port('pace', this.pace, ['write']),
      queue: run.port('queue', { send: async (body: string) => this.send(body) }, ['send']),
      deadLetters: run.port(
        'deadLetters',
        { send: async (body: string) => void this.parked.push({ deadLetter: body }) },
        ['send'],
      ),
      starter: run.port('starter', { start: (input: IngestInput) => this.start(input) }, ['start']),
      clock: run.handlerClock,
      pages,
    });
    return run.run(() => handler(payload, run.invocation));
  }

  private readonly decide: Fate = (effect) => {
    this.effects.push(effect);
    return this.fate(effect);
  };

  private async start(input: IngestInput): Promise<'started' | 'exists'> {
    try {
      await this.bench.start(this.documentMachineArn, input, input.run);
      return 'started';
    } catch (error) {
      if ((error as AwsError).code === 'ExecutionAlreadyExists') return 'exists';
      throw error;
    }
  }

  /** The machine's own call of SQS: it is refused, or lands and its answer is lost. */
  private park(body: string): object {
    const moment = this.decide({ functionName: 'Park', call: 'sqs.send#0' });
    const isLost = moment !== undefined && moment !== 'before' && moment !== 'hangs before';
    if (moment === undefined || isLost) this.parked.push(JSON.parse(body));
    if (moment?.startsWith('hangs')) return new Promise(() => undefined);
    if (moment !== undefined) throw new AwsError('InternalError', 'We encountered an internal error.', 500);
    return { MessageId: 'message' };
  }

  /** At every moment: a row knows of every vector, and what is visible is whole. Throws an Error that says what is not. */
  private checkPromises(): void {
    const { documents, vectors } = this.ingestion;
    const counts = new Map<string, number>();
    for (const key of vectors.records.keys()) {
      const { documentKey, versionKey, position } = placeOf(key)!;
      const known = knownCount(documents.rows.get(documentKey) as Row | undefined, versionKey);
      if (position >= known) this.broken.push(`nobody knows ${key}`);
      counts.set(`${documentKey}#${versionKey}`, (counts.get(`${documentKey}#${versionKey}`) ?? 0) + 1);
    }
    for (const { documentKey, path, visible } of documents.rows.values()) {
      if (!visible) continue;
      const count = counts.get(`${documentKey}#${visible.versionKey}`) ?? 0;
      if (count < visible.chunkCount)
        this.broken.push(`${path} is visible with ${count} of ${visible.chunkCount} vectors`);
    }
  }
}

function copy<Value>(from: ReadonlyMap<string, Value>, to: Map<string, Value>): void {
  for (const [key, value] of from) to.set(key, value);
}

function secondsOf(name: string, isSingle: boolean): number {
  const single = (documentMachine.States as any)[name];
  const load = loadMachine.States as any;
  const batch = load[name] ?? load.LoadBatches.ItemProcessor.States[name];
  const state = isSingle || !batch ? single : batch;
  return state ? state.TimeoutSeconds - STATE_MARGIN_SECONDS : OTHER_SECONDS[name]!;
}
