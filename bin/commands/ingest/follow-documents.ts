import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { awaitExecution, type FinishedExecution } from '../demo/execution';
import type { DocumentRow, IngestionStack } from './ingestion-stack';
import type { SentDocument } from './sent-document';

/** How a document came to its end. */
export interface Ending {
  readonly path: string;
  /** `failed`: it is parked for a person to look at. `open`: nothing was heard of it for too long. */
  readonly status: 'visible' | 'unchanged' | 'quarantined' | 'superseded' | 'failed' | 'open';
  readonly reason?: string;
  readonly chunks: number;
  readonly reused: number;
  readonly embedded: number;
  readonly transitions: number;
  /** Seconds that its execution lasted. */
  readonly seconds: number;
}

/** How documents are followed. */
export interface FollowOptions {
  /** Milliseconds since the epoch: before the first of the documents was sent. */
  readonly since: number;
  /** So many endings are enough. @default all */
  readonly enough?: number;
  /** A document that no execution works on is given up after this long without news of any. @default 10 minutes */
  readonly patienceMs?: number;
  readonly onEnded?: (count: number) => void;
}

const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** The clock of Step Functions may be behind ours by this much. */
const CLOCK_SKEW_MS = 60_000;

const NO_WORK = { chunks: 0, reused: 0, embedded: 0, transitions: 0, seconds: 0 };

const ENDS: Readonly<Record<string, Ending['status']>> = {
  DocumentIngested: 'visible',
  DocumentQuarantined: 'quarantined',
  DocumentSuperseded: 'superseded',
};

/**
 * Follows single documents until each has come to an end: by their rows, which say what readers see, and by
 * the executions that work on them, which say what it took and what failed.
 */
export async function followDocuments(
  stack: IngestionStack,
  documents: readonly SentDocument[],
  { since, enough = documents.length, patienceMs = 600_000, onEnded = () => undefined }: FollowOptions,
): Promise<Ending[]> {
  const endings: Ending[] = [];
  const executions = new ExecutionsOfDocuments(stack, since - CLOCK_SKEW_MS);
  let open = [...documents];
  let heardAt = Date.now();
  for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    const rows = await stack.rows(open.map(({ documentKey }) => documentKey));
    await executions.look(open);
    const still: SentDocument[] = [];
    for (const document of open) {
      const execution = executions.of(document);
      if (execution && !(await hasEnded(stack, execution))) heardAt = Date.now();
      const ending = await endingOf(stack, document, rows.get(document.documentKey), execution);
      if (ending) endings.push(ending);
      else still.push(document);
    }
    if (still.length < open.length) {
      heardAt = Date.now();
      onEnded(endings.length);
    }
    open = still;
    if (open.length === 0 || endings.length >= enough) return endings;
    if (Date.now() - heardAt > patienceMs) return [...endings, ...open.map(given)];
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function endingOf(
  stack: IngestionStack,
  document: SentDocument,
  row: DocumentRow | undefined,
  executionArn: string | undefined,
): Promise<Ending | undefined> {
  const { path } = document;
  if (executionArn) {
    if (!(await hasEnded(stack, executionArn))) return undefined;
    return endingOfRun(path, await awaitExecution(stack, executionArn));
  }
  if (!row || row.status === 'pending' || !isSame(row.source, document)) return undefined;
  if (row.status === 'quarantined') return { path, status: 'quarantined', reason: row.reason, ...NO_WORK };
  // A version that became visible has an execution, which is only not listed yet.
  if (isSame(row.visible?.source, document)) return undefined;
  return { path, status: row.status === 'visible' ? 'unchanged' : 'superseded', ...NO_WORK };
}

function endingOfRun(path: string, run: FinishedExecution): Ending {
  const { chunks = 0, reused = 0, embedded = 0, reason } = run.output;
  const status = ENDS[run.end] ?? 'failed';
  return {
    path,
    status,
    reason: status === 'failed' ? `it waits for a person to look: ${run.executionArn}` : reason,
    chunks,
    reused,
    embedded,
    transitions: run.transitions,
    seconds: (run.stoppedAtMs - run.startedAtMs) / 1000,
  };
}

function given({ path }: SentDocument): Ending {
  return { path, status: 'open', reason: 'nothing was heard of it; npm run ingest asks again', ...NO_WORK };
}

function isSame(source: { key: string; versionId: string } | undefined, { source: mine }: SentDocument): boolean {
  return source?.versionId === mine.versionId && source.key === mine.key;
}

async function hasEnded({ sfn }: IngestionStack, executionArn: string): Promise<boolean> {
  return (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status !== 'RUNNING';
}

/** Finds the executions that work on documents: a name begins with the document's key, the input has the version. */
class ExecutionsOfDocuments {
  private readonly found = new Map<string, string>();
  private readonly looked = new Set<string>();

  constructor(
    private readonly stack: IngestionStack,
    private readonly sinceMs: number,
  ) {}

  of({ source }: SentDocument): string | undefined {
    return this.found.get(source.versionId);
  }

  async look(open: readonly SentDocument[]): Promise<void> {
    const wanted = new Set(open.filter((document) => !this.of(document)).map(({ documentKey }) => documentKey));
    if (wanted.size === 0) return;
    const stateMachineArn = this.stack.outputs.IngestMachineArn;
    let nextToken: string | undefined;
    do {
      const page = await this.stack.sfn.send(
        new ListExecutionsCommand({ stateMachineArn, maxResults: 1000, nextToken }),
      );
      for (const { executionArn, name, startDate } of page.executions ?? []) {
        // The latest come first.
        if (startDate!.getTime() < this.sinceMs) return;
        if (wanted.has(name!.slice(0, 32)) && !this.looked.has(executionArn!)) await this.remember(executionArn!);
      }
      nextToken = page.nextToken;
    } while (nextToken);
  }

  private async remember(executionArn: string): Promise<void> {
    this.looked.add(executionArn);
    const { input } = await this.stack.sfn.send(new DescribeExecutionCommand({ executionArn }));
    this.found.set(JSON.parse(input!).source.versionId, executionArn);
  }
}
