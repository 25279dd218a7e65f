import type { Observability } from '../../shared/observability/observe';
import type { MessageQueue } from '../../shared/queue/message-queue';
import { InvalidInput } from '../../shared/validation/invalid-input';
import { describeFaults, parseInput } from '../../shared/validation/parse-input';
import { type LoadPlan, loadInput, type PlannedDocument, plannedDocument } from '../contracts/intake';
import { BULK_PREFIX, SINGLE_PREFIX } from '../contracts/names';
import { type ChangeProps, changeDocument } from './change-document';
import { confirm, isSuperseded, isUnchanged, type Row } from './document-changes';
import type { DocumentStore } from './document-store';
import { handOver } from './hand-over';
import { documentKeyOf } from './identity';
import type { Job } from './job';
import { inGroups, jsonLines, readJsonLines } from './json-lines';
import type { WorkStore, WorkStreamWriter } from './object-store';
import { mapAtOnce } from './run-stage';
import { bulkRunOf, workKeys } from './work-keys';

/** What planning works with. */
export interface PlanLoadProps extends ChangeProps, Observability {
  readonly documents: Pick<DocumentStore, 'find' | 'findMany' | 'save'>;
  readonly documentsBucket: string;
  /** Documents that one load may have to work on: each is billed. */
  readonly mostDocuments: number;
  readonly work: Pick<WorkStore, 'stream'> & WorkStreamWriter;
  readonly queue: MessageQueue;
}

/** What takes longer than a child's five minutes goes to the single machine. */
export const LARGEST_BULK_BYTES = 2 * 1024 * 1024;

/** Rows that are read in one request. */
const GROUP = 100;
const WRITES_AT_ONCE = 16;

/** A clock of S3 may be ahead of ours by this much. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Reads a load's manifest and writes the list of the documents that need work, a job each. Those that readers see
 * already in this content are only noted; large ones go to the queue of single documents; lines that are no document of this
 * load are counted and left out. Throws InvalidInput, also for a load of more documents than one may have.
 */
export function createPlanLoad(props: PlanLoadProps) {
  return async (payload: unknown): Promise<LoadPlan> => {
    const { loadId } = parseInput(loadInput, payload);
    const counts = { count: 0, unchanged: 0, superseded: 0, refused: 0, handedOver: 0 };
    const key = workKeys.workList(loadId);
    const manifest = readJsonLines<unknown>(await props.work.stream(workKeys.manifest(loadId)));
    await props.work.putStream(key, jsonLines(jobs()));
    props.log.info('The load is planned', { loadId, ...counts });
    return { loadId, key, ...counts };

    async function* jobs(): AsyncGenerator<Job> {
      let index = 0;
      for await (const group of inGroups(manifest, GROUP)) {
        const documents = group.flatMap(({ value }) => documentOf(value) ?? []);
        const keys = documents.map(({ tenant, path }) => documentKeyOf(tenant, path));
        const rows = await props.documents.findMany(keys);
        const areWork = await mapAtOnce(documents, WRITES_AT_ONCE, (document, at) =>
          isWork(document, keys[at]!, rows.get(keys[at]!)),
        );
        for (const [at, document] of documents.entries()) {
          if (!areWork[at]) continue;
          counts.count += 1;
          if (counts.count > props.mostDocuments) {
            throw new InvalidInput(
              `The load has more than ${props.mostDocuments} documents to work on: split it, or raise ingestion.mostLoadDocuments.`,
            );
          }
          yield { ...document, run: bulkRunOf(loadId, index++), correlationId: loadId };
        }
      }
    }

    function documentOf(value: unknown): PlannedDocument | undefined {
      const { success, data, error } = plannedDocument.safeParse(value);
      const fault = success ? faultOf(data) : describeFaults(error.issues, value);
      if (fault === undefined) return data;
      counts.refused += 1;
      props.log.warn('A line of the manifest is no document of this load', { loadId, fault });
      return undefined;
    }

    /** A document is whose key says so: the manifest cannot give one tenant's object to another. */
    function faultOf({ tenant, path, source, sequence }: PlannedDocument): string | undefined {
      const keys = [`${BULK_PREFIX}${loadId}/${tenant}/${path}`, `${SINGLE_PREFIX}${tenant}/${path}`];
      if (source.bucket !== props.documentsBucket) return 'it lies in another bucket';
      if (!keys.includes(source.key)) return 'its key is not that of its tenant and path';
      if (Number(sequence.slice(0, 13)) > props.clock.now() + CLOCK_SKEW_MS) return 'its sequence is of the future';
      return undefined;
    }

    async function isWork(document: PlannedDocument, documentKey: string, row: Row): Promise<boolean> {
      if (isSuperseded(row, document)) {
        counts[isUnchanged(row, document.contentHash) ? 'unchanged' : 'superseded'] += 1;
        return false;
      }
      if (isUnchanged(row, document.contentHash)) {
        await changeDocument(props, documentKey, (current, now) =>
          isUnchanged(current, document.contentHash) ? confirm(current, document, now) : undefined,
        );
        counts.unchanged += 1;
        return false;
      }
      if (document.sizeBytes <= LARGEST_BULK_BYTES) return true;
      await handOver(props.queue, loadId, document);
      counts.handedOver += 1;
      return false;
    }
  };
}
