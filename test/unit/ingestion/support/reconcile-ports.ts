import type { IngestQueue, Rows, Sources, VectorIndex } from '../../../../bin/commands/reconcile/ports';
import type { Row } from '../../../../bin/commands/reconcile/row';
import type { IngestInput } from '../../../../lambdas/ingestion/domain/ingest-starter';
import { createStartIngestion } from '../../../../lambdas/ingestion/domain/start-ingestion';
import type { createIngestion } from './ingestion';

type Ingestion = ReturnType<typeof createIngestion>;

/** What reconciling works with. */
export interface ReconcilePorts {
  readonly index: VectorIndex;
  readonly rows: Rows;
  readonly sources: Sources;
  readonly queue: IngestQueue;
  readonly now: () => number;
}

/** The stores of an ingestion as reconciling sees them; `step` is awaited before each call, and between pages. */
export function reconcilePorts(
  { vectors, documents, objects, props }: Ingestion,
  queue: IngestQueue,
  step: () => Promise<void> = async () => undefined,
): ReconcilePorts {
  return {
    now: () => props.clock.now(),
    index: {
      async listKeys(onPage) {
        for (const key of [...vectors.records.keys()]) {
          await step();
          // A page shows what is there at its moment.
          if (vectors.records.has(key)) onPage([key]);
        }
      },
      async existing(keys) {
        await step();
        return vectors.existing(keys);
      },
      async ownerOf(key) {
        await step();
        return vectors.records.get(key)?.metadata;
      },
      async delete(keys) {
        await step();
        await vectors.delete(keys);
      },
    },
    rows: {
      async *all() {
        for (const documentKey of [...documents.rows.keys()]) {
          await step();
          const row = documents.rows.get(documentKey);
          if (row) yield [row as Row];
        }
      },
      async find(documentKeys) {
        await step();
        return (await documents.findMany(documentKeys)) as ReadonlyMap<string, Row>;
      },
    },
    sources: {
      async head(object) {
        await step();
        return objects.head(object);
      },
    },
    queue,
  };
}

/** The ingestion queue with its consumer and the machine behind it, which carry out each message as it comes. */
export function carriedOut(ingestion: Ingestion) {
  const started: IngestInput[] = [];
  const rejected: string[] = [];
  const handle = createStartIngestion({
    ...ingestion.props,
    documentsBucket: 'documents',
    sources: ingestion.objects,
    starter: {
      async start(input) {
        if (started.some(({ run }) => run === input.run)) return 'exists';
        started.push(input);
        await ingestion.run({ documents: [input], isSingle: true });
        return 'started';
      },
    },
    deadLetters: {
      async send(body) {
        rejected.push(body);
      },
    },
  });
  return {
    started,
    rejected,
    queue: { send: (body: string) => handle({ messageId: 'message', body }) } satisfies IngestQueue,
  };
}
