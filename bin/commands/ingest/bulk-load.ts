import { randomBytes } from 'node:crypto';
import { ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DescribeMapRunCommand, ListMapRunsCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { awaitExecution, type FinishedExecution, statusOf } from '../demo/execution';
import type { IngestionStack } from './ingestion-stack';
import type { SentDocument } from './sent-document';

/** What the load machine answers. */
export interface LoadCounts {
  readonly visible: number;
  readonly quarantined: number;
  readonly superseded: number;
  readonly handedOver: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly chunks: number;
  readonly reused: number;
  readonly embedded: number;
  /** The first of them. */
  readonly quarantinedDocuments: readonly { readonly path: string; readonly reason: string }[];
}

/** A load that has ended. */
export interface FinishedLoad extends LoadCounts {
  /** Those of the load's own execution, and one for each batch. */
  readonly transitions: number;
  readonly batches: number;
  /** Seconds that batches were worked on, side by side, at the most. */
  readonly batchSeconds: number;
}

/** Hears how many documents of the batches have been worked on. */
export type OnLoaded = (count: number, total: number) => void;

/** An id for a load: later ones sort behind earlier ones. */
export function newLoadId(): string {
  return `load-${Date.now().toString(36)}-${randomBytes(3).toString('hex')}`;
}

/** The prefix in the documents bucket that a load's objects have; they start no executions of their own. */
export function loadPrefix(loadId: string): string {
  return `bulk/${loadId}/`;
}

/** Writes the load's manifest and starts its execution; gives the execution's ARN. */
export async function startLoad(stack: IngestionStack, loadId: string, documents: readonly SentDocument[]) {
  const modified = await modifiedAt(stack, loadPrefix(loadId));
  const lines = documents.map(({ documentKey: _, ...document }) => {
    const at = modified.get(document.source.versionId);
    if (at === undefined) throw new Error(`${document.source.key} is no longer in the bucket.`);
    return JSON.stringify({ ...document, sequence: `${String(at).padStart(13, '0')}-` });
  });
  await stack.s3.send(
    new PutObjectCommand({
      Bucket: stack.outputs.WorkBucketName,
      Key: `work/loads/${loadId}/manifest.jsonl`,
      Body: `${lines.join('\n')}\n`,
      ContentType: 'application/jsonl',
    }),
  );
  const { executionArn } = await stack.sfn.send(
    new StartExecutionCommand({
      stateMachineArn: stack.outputs.LoadAliasArn,
      name: loadId,
      input: JSON.stringify({ loadId }),
    }),
  );
  return executionArn!;
}

/** Waits until a load has ended. Throws an Error when it was parked, or was stopped. */
export async function followLoad(
  stack: IngestionStack,
  executionArn: string,
  onLoaded: OnLoaded,
): Promise<FinishedLoad> {
  for (let pauseMs = 100; !(await hasEnded(stack, executionArn)); pauseMs = Math.min(pauseMs * 1.5, 1000)) {
    tell(await mapRunOf(stack, executionArn), onLoaded);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  const run = await awaitExecution(stack, executionArn);
  if (run.status !== 'SUCCEEDED') {
    throw new Error(
      `The load ended as ${run.end}. Its execution says why: ${executionArn}. Ingest again: that does what is left.`,
    );
  }
  const batches = await mapRunOf(stack, executionArn);
  tell(batches, onLoaded);
  return finished(run, batches);
}

/** An execution that was just started may not be seen yet. */
async function hasEnded(stack: IngestionStack, executionArn: string): Promise<boolean> {
  const status = await statusOf(stack, executionArn);
  return status !== undefined && status !== 'RUNNING';
}

function tell(batches: Awaited<ReturnType<typeof mapRunOf>>, onLoaded: OnLoaded): void {
  const { total = 0, succeeded = 0, failed = 0, timedOut = 0, aborted = 0 } = batches?.itemCounts ?? {};
  if (total > 0) onLoaded(succeeded + failed + timedOut + aborted, total);
}

function finished(run: FinishedExecution, batches: Awaited<ReturnType<typeof mapRunOf>>): FinishedLoad {
  const count = batches?.executionCounts?.total ?? 0;
  const lasted = batches ? ((batches.stopDate ?? new Date()).getTime() - batches.startDate!.getTime()) / 1000 : 0;
  return {
    ...(run.output as LoadCounts),
    // AWS bills the start of each child as one transition of the Map's own execution.
    transitions: run.transitions + count,
    batches: count,
    batchSeconds: lasted * Math.min(count, batches?.maxConcurrency || count),
  };
}

async function mapRunOf({ sfn }: IngestionStack, executionArn: string) {
  const { mapRuns = [] } = await sfn.send(new ListMapRunsCommand({ executionArn }));
  const mapRunArn = mapRuns[0]?.mapRunArn;
  return mapRunArn === undefined ? undefined : sfn.send(new DescribeMapRunCommand({ mapRunArn }));
}

/** When the versions below a prefix were written, in milliseconds since the epoch, by version id. */
async function modifiedAt({ s3, outputs }: IngestionStack, prefix: string): Promise<Map<string, number>> {
  const modified = new Map<string, number>();
  let marker: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (marker) {
    const page: any = await s3.send(
      new ListObjectVersionsCommand({
        Bucket: outputs.DocumentsBucketName,
        Prefix: prefix,
        // Keys may hold what XML cannot.
        EncodingType: 'url',
        ...marker,
      }),
    );
    for (const { VersionId, LastModified } of page.Versions ?? []) modified.set(VersionId, LastModified.getTime());
    marker = page.IsTruncated
      ? { KeyMarker: decoded(page.NextKeyMarker), VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
  return modified;
}

/** A key as it is, from a key as `EncodingType: url` shows it. */
function decoded(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}
