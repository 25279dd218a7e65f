import { DescribeExecutionCommand, GetExecutionHistoryCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { followDocuments } from '../../../../bin/commands/ingest/follow-documents';
import { documentKeyOf } from '../../../../bin/commands/ingest/ingestion-stack';
import type { SentDocument } from '../../../../bin/commands/ingest/sent-document';

const NOW = Date.now();
const NO_PATIENCE = { since: NOW, patienceMs: -1 };

function sent(path: string, versionId: string): SentDocument {
  const source = { bucket: 'documents', key: `documents/acme/${path}`, versionId };
  return { tenant: 'acme', path, documentKey: documentKeyOf('acme', path), source, sizeBytes: 1, contentHash: 'hash' };
}

interface Run {
  readonly document: SentDocument;
  readonly status: string;
  readonly output?: object;
  readonly error?: string;
  readonly startedAt?: number;
}

/** A stack with these rows and executions; an execution is named as ingestion names them. */
function stackOf(rows: Record<string, object>, runs: readonly Run[] = []): any {
  const arnOf = ({ document }: Run) => `arn:ingest:${document.documentKey}-${document.source.versionId}`;
  const listed = runs.map((run) => ({
    executionArn: arnOf(run),
    name: arnOf(run).slice('arn:ingest:'.length),
    startDate: new Date(run.startedAt ?? NOW),
  }));
  return {
    outputs: { IngestMachineArn: 'arn:ingest' },
    rows: async () => new Map(Object.entries(rows).map(([path, row]) => [documentKeyOf('acme', path), row])),
    sfn: {
      send: async (command: any) => {
        if (command instanceof ListExecutionsCommand) return { executions: listed };
        if (command instanceof GetExecutionHistoryCommand) {
          return { events: [{ type: 'TaskStateEntered', stateEnteredEventDetails: { name: 'FetchDocuments' } }] };
        }
        if (!(command instanceof DescribeExecutionCommand)) throw new Error('not expected');
        const run = runs.find((candidate) => arnOf(candidate) === command.input.executionArn)!;
        return {
          status: run.status,
          error: run.error,
          input: JSON.stringify({ source: run.document.source }),
          output: run.output && JSON.stringify(run.output),
          startDate: new Date(NOW),
          stopDate: new Date(NOW + 3_000),
        };
      },
    },
  };
}

describe('following documents', () => {
  const a = sent('a.md', 'v2');

  it('takes what its execution says of a document that was ingested', async () => {
    const output = { status: 'DocumentIngested', chunks: 9, reused: 4, embedded: 5 };
    const stack = stackOf({}, [{ document: a, status: 'SUCCEEDED', output }]);
    expect(await followDocuments(stack, [a], NO_PATIENCE)).toEqual([
      { path: 'a.md', status: 'visible', chunks: 9, reused: 4, embedded: 5, transitions: 1, seconds: 3 },
    ]);
  });

  it.each([
    ['DocumentQuarantined', 'quarantined'],
    ['DocumentSuperseded', 'superseded'],
  ])('calls a document that ended as %s %s', async (status, expected) => {
    const stack = stackOf({}, [{ document: a, status: 'SUCCEEDED', output: { status, reason: 'why' } }]);
    expect(await followDocuments(stack, [a], NO_PATIENCE)).toMatchObject([{ status: expected, reason: 'why' }]);
  });

  it('names the execution of a document that failed', async () => {
    const stack = stackOf({}, [{ document: a, status: 'FAILED', error: 'DocumentNeedsReview' }]);
    const [ending] = await followDocuments(stack, [a], NO_PATIENCE);
    expect(ending).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining(`arn:ingest:${a.documentKey}-v2`),
    });
  });

  it('calls a document unchanged whose row has the new object beside the content of an earlier one', async () => {
    const row = {
      status: 'visible',
      source: a.source,
      visible: { chunkCount: 3, source: { ...a.source, versionId: 'v1' } },
    };
    expect(await followDocuments(stackOf({ 'a.md': row }), [a], NO_PATIENCE)).toMatchObject([{ status: 'unchanged' }]);
  });

  it('takes the reason of a document that was refused without an execution from its row', async () => {
    const row = { status: 'quarantined', reason: 'too large', source: a.source };
    const endings = await followDocuments(stackOf({ 'a.md': row }), [a], NO_PATIENCE);
    expect(endings).toMatchObject([{ status: 'quarantined', reason: 'too large', transitions: 0 }]);
  });

  it.each([
    ['a row that speaks of an earlier object', { status: 'visible', source: { ...a.source, versionId: 'v1' } }, []],
    [
      'a row of a version whose execution is not listed yet',
      { status: 'visible', source: a.source, visible: { source: a.source } },
      [],
    ],
    ['an execution of another version', undefined, [{ document: sent('a.md', 'v1'), status: 'SUCCEEDED', output: {} }]],
    [
      'an execution from before',
      undefined,
      [{ document: a, status: 'SUCCEEDED', output: {}, startedAt: NOW - 120_000 }],
    ],
  ])('does not take %s for the end of a document, and gives it up at last', async (_what, row, runs) => {
    const stack = stackOf(row ? { 'a.md': row } : {}, runs);
    expect(await followDocuments(stack, [a], NO_PATIENCE)).toMatchObject([{ path: 'a.md', status: 'open' }]);
  });

  it('ends when enough documents have', async () => {
    const row = { status: 'quarantined', reason: 'too large', source: a.source };
    const heard: number[] = [];
    const options = { since: NOW, enough: 1, onEnded: (count: number) => heard.push(count) };
    const endings = await followDocuments(stackOf({ 'a.md': row }), [a, sent('b.md', 'v1')], options);
    expect(endings.map(({ path }) => path)).toEqual(['a.md']);
    expect(heard).toEqual([1]);
  });
});
