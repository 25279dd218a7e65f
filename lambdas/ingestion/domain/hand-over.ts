import type { MessageQueue } from '../../shared/queue/message-queue';
import type { PlannedDocument } from '../contracts/intake';
import { DOCUMENT_HANDED_OVER, INGESTION_SOURCE } from '../contracts/names';

/** Puts a document of a bulk load into the queue of single ones. Twice is no harm: its execution has one name. */
export async function handOver(queue: MessageQueue, loadId: string, document: PlannedDocument): Promise<void> {
  const { tenant, path, source, sizeBytes, sequence, contentHash } = document;
  await queue.send(
    JSON.stringify({
      id: loadId,
      source: INGESTION_SOURCE,
      'detail-type': DOCUMENT_HANDED_OVER,
      detail: { tenant, path, source, sizeBytes, sequence, contentHash, correlationId: loadId },
    }),
  );
}
