import { setTimeout as pause } from 'node:timers/promises';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ListVectorsCommand, S3VectorsClient } from '@aws-sdk/client-s3vectors';
import { GetExecutionHistoryCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { documentKeyOf, IngestionStack } from '../../../bin/commands/ingest/ingestion-stack';
import type { IngestionOutputs } from '../../../bin/commands/outputs-file';
import type { Random } from '../../../local/kernel/random';
import type { CutShort } from './cut-short';
import { DeadLetters } from './dead-letters';
import { insist } from './insist';
import type { MortalAws } from './mortal-aws';
import { queueDepth } from './queue-depth';

const TENANT = 'acme';
const PATHS = 6;
const ROUNDS = 60;

/** Documents that come, change and go, and what must be true of them in the end. */
export class DocumentsUnderWay {
  private readonly stack: IngestionStack;
  private readonly sqs: SQSClient;
  private readonly vectors: S3VectorsClient;
  /** The version of the last object of each path; undefined when it was deleted. */
  private readonly latest = new Map<string, string | undefined>();
  /** The changes of one document come one after the other. */
  private readonly changing = new Map<string, Promise<void>>();
  private readonly deadLetters: DeadLetters;
  /** The text of each document that is there. */
  private readonly texts = new Map<string, string>();
  private readonly doubts: string[] = [];
  private changes = 0;
  /** Ingestions that have failed. */
  failures = 0;

  constructor(
    private readonly aws: MortalAws,
    private readonly random: Random,
    cutShort: CutShort,
  ) {
    const outputs = Object.values(aws.outputs).find((stack) => stack.IngestMachineArn) as unknown as IngestionOutputs;
    this.stack = new IngestionStack(outputs);
    this.sqs = new SQSClient({ region: outputs.Region });
    this.vectors = new S3VectorsClient({ region: outputs.Region });
    this.deadLetters = new DeadLetters(aws, this.sqs, outputs.IngestQueueUrl, cutShort);
  }

  /** Begins to change a document; the object is there some time later, maybe in a later process. */
  change(): void {
    const path = `document-${Math.floor(this.random.next() * PATHS)}.md`;
    const text =
      this.random.next() < 0.25 ? undefined : `# Number ${++this.changes}\n\nThe text of change ${this.changes}.`;
    const before = this.changing.get(path) ?? Promise.resolve();
    const after = before.then(() => insist(() => this.put(path, text)));
    // Whoever settles is told of what failed.
    after.catch(() => undefined);
    this.changing.set(path, after);
  }

  /** Waits until every change has been made and has been taken in; time leaps over what is waited for. */
  async settle(): Promise<void> {
    await Promise.all(this.changing.values());
    await this.finish();
    if ((await this.deadLetters.redrive()) > 0) await this.finish();
    if ((await this.uploadAgain()) > 0) await this.finish();
  }

  /**
   * Does what an operator does about ingestions that have failed: uploads the document again. A task whose sandbox is lost is tried again
   * so many times, and no more, on AWS too: nothing but kills may have failed it.
   */
  private async uploadAgain(): Promise<number> {
    const { sfn, outputs } = this.stack;
    const { IngestMachineArn: stateMachineArn } = outputs;
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'FAILED' }));
    for (const { executionArn } of executions) {
      const command = new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 });
      const { events = [] } = await sfn.send(command);
      const errors = events.flatMap(({ taskFailedEventDetails }) => taskFailedEventDetails?.error ?? []);
      if (errors.some((error) => error !== 'Lambda.Unknown') || errors.length === 0) {
        this.doubts.push(`an ingestion failed by something else than kills: ${executionArn}: ${errors}`);
      }
    }
    const failed = executions.length > this.failures ? [...this.texts] : [];
    this.failures = executions.length;
    for (const [path, text] of failed) await insist(() => this.put(path, text));
    return failed.length;
  }

  private async finish(): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      await pause(500);
      const isOpen = (await queueDepth(this.sqs, this.stack.outputs.IngestQueueUrl)) > 0 || (await this.running()) > 0;
      if (!isOpen) return;
      this.aws.leap(60_000);
    }
  }

  /** What is not as it must be, whatever was killed when. */
  async violations(): Promise<string[]> {
    const found = [...this.deadLetters.doubts, ...this.doubts];
    const rows = await this.stack.rows([...this.latest.keys()].map((path) => documentKeyOf(TENANT, path)));
    const vectorKeys = await this.vectorKeys();
    let known = 0;
    for (const [path, versionId] of this.latest) {
      const documentKey = documentKeyOf(TENANT, path);
      const row = rows.get(documentKey);
      const vectors = vectorKeys.filter((key) => key.startsWith(`${documentKey}#`));
      known += vectors.length;
      const isRight =
        versionId === undefined
          ? (!row || row.status === 'deleted') && vectors.length === 0
          : row?.status === 'visible' &&
            row.source?.versionId === versionId &&
            vectors.length === row.visible?.chunkCount;
      if (!isRight) found.push(`${path} should show ${versionId}: ${vectors.length} vectors, ${JSON.stringify(row)}`);
    }
    if (known !== vectorKeys.length) found.push(`${vectorKeys.length - known} vectors have no document`);
    if ((await this.running()) > 0) found.push('ingestion still runs');
    return found;
  }

  /** How many changes had been parked on the way. */
  get parked(): number {
    return this.deadLetters.found;
  }

  close(): void {
    this.stack.close();
    this.sqs.destroy();
    this.vectors.destroy();
  }

  private async put(path: string, text: string | undefined): Promise<void> {
    const object = { Bucket: this.stack.outputs.DocumentsBucketName, Key: `documents/${TENANT}/${path}` };
    if (text === undefined) {
      await this.stack.s3.send(new DeleteObjectCommand(object));
      this.latest.set(path, undefined);
      this.texts.delete(path);
    } else {
      const { VersionId } = await this.stack.s3.send(new PutObjectCommand({ ...object, Body: text }));
      this.latest.set(path, VersionId);
      this.texts.set(path, text);
    }
  }

  private async running(): Promise<number> {
    const stateMachineArn = this.stack.outputs.IngestMachineArn;
    const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' });
    return (await this.stack.sfn.send(command)).executions?.length ?? 0;
  }

  private async vectorKeys(): Promise<string[]> {
    const { VectorBucketName: vectorBucketName, VectorIndexName: indexName } = this.stack.outputs;
    const keys: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.vectors.send(new ListVectorsCommand({ vectorBucketName, indexName, nextToken }));
      keys.push(...(page.vectors ?? []).map(({ key }) => key!));
      nextToken = page.nextToken;
    } while (nextToken);
    return keys;
  }
}
