import { createHash } from 'node:crypto';
import { correlationIdIn } from '../../shared/observability/correlation-id';
import { errorFields } from '../../shared/observability/log';
import type { Observability } from '../../shared/observability/observe';
import { SIGNALS } from '../../shared/observability/workflow-signals';
import { attributeText } from '../../shared/queue/attribute-text';
import type { MessageQueue } from '../../shared/queue/message-queue';
import { shownFields } from '../../shared/validation/unknown-fields';
import type { PlannedDocument } from '../contracts/intake';
import { LARGEST_DOCUMENT_BYTES } from '../contracts/names';
import { changeDocument } from './change-document';
import { confirm, isSuperseded, isUnchanged, tombstone } from './document-changes';
import { type DeleteProps, deleteGarbage } from './hidden-vectors';
import { documentKeyOf, runNameOf } from './identity';
import type { IngestStarter } from './ingest-starter';
import { type ObjectEvent, readIntakeMessage } from './intake-message';
import type { ObjectVersion } from './job';
import type { SourceStore } from './object-store';
import { RejectedMessage } from './rejected-message';
import { sequenceOf } from './sequence';

/** What starting works with. */
export interface StartIngestionProps extends DeleteProps, Observability {
  readonly documentsBucket: string;
  readonly sources: SourceStore;
  readonly starter: IngestStarter;
  readonly deadLetters: MessageQueue;
}

/** Deletions of bulk objects are ordered by seconds alone: a deletion is the last thing of its second. */
const REST_OF_A_SECOND_MS = 999;

/** How long a message may take to delete vectors; the rest is the sweeper's. */
const TIME_TO_DELETE_MS = 20_000;

/**
 * Carries out one message of the ingestion queue: a created object starts an execution if its content is not what
 * readers see already, a deleted one is gone at once. A message that no retry makes right goes to the dead-letter
 * queue with its reason; any other failure is thrown, so that the queue delivers the message again.
 */
export function createStartIngestion(props: StartIngestionProps) {
  return async ({ messageId, body }: { messageId: string; body: string }): Promise<void> => {
    try {
      const message = readIntakeMessage(body, props.documentsBucket);
      if (message.kind === 'handedOver') {
        return await startRun(props, { ...message.document, askedAt: props.clock.now() });
      }
      const { event } = message;
      noteUnknown(props, event);
      if (message.kind === 'created') return await created(props, event, event.versionId);
      return await deleted(props, event, message.isPermanent);
    } catch (error) {
      if (!(error instanceof RejectedMessage)) throw error;
      const correlationId = correlationIdIn(body);
      const fields = { messageId, correlationId, errorName: error.name };
      props.log.warn('The message is rejected and goes to the dead-letter queue', fields);
      await props.deadLetters.send(body, {
        reason: attributeText(error.message),
        errorName: error.name,
        originalMessageId: messageId,
      });
      props.meter.count('IngestMessageRejected');
      if (error.name === 'UnknownVersion') props.meter.count(SIGNALS.unknownVersion);
    }
  };
}

function noteUnknown({ log, meter }: Observability, { unknown, correlationId }: ObjectEvent): void {
  if (unknown.length === 0) return;
  meter.count(SIGNALS.unknownFields);
  log.warn('The event has fields that are not known; they are ignored', {
    correlationId,
    fields: shownFields(unknown),
  });
}

/** `sequence`: given for a version that came back, whose own place among the versions is an earlier one. */
async function created(
  props: StartIngestionProps,
  event: ObjectEvent,
  versionId: string | undefined,
  sequence?: string,
): Promise<void> {
  const { bucket, key, tenant, path, correlationId } = event;
  // Objects of a bulk load are started by its machine.
  if (event.loadId !== undefined) return;
  const facts = await props.sources.head({ bucket, key, versionId });
  if (!facts) {
    props.log.info('The version is gone; its deletion has a message of its own', { correlationId });
    return;
  }
  const source = { bucket, key, versionId: facts.versionId };
  const isReadable = facts.sizeBytes <= LARGEST_DOCUMENT_BYTES;
  const contentHash = isReadable ? await hashOf(props.sources, source) : '';
  if (contentHash === undefined) return;
  await start(props, {
    tenant,
    path,
    source,
    sizeBytes: facts.sizeBytes,
    sequence: sequence ?? sequenceOf(facts.modifiedAt, event.sequencer),
    contentHash,
    correlationId,
    askedAt: event.time,
  });
}

async function start(props: StartIngestionProps, document: PlannedDocument): Promise<void> {
  const documentKey = documentKeyOf(document.tenant, document.path);
  let isWork = true;
  await changeDocument(props, documentKey, (row, now) => {
    isWork = !isSuperseded(row, document);
    if (!isWork || document.contentHash === '' || !isUnchanged(row, document.contentHash)) return undefined;
    isWork = false;
    return confirm(row, document, now);
  });
  if (isWork) return startRun(props, document);
  props.meter.count('DocumentUnchanged');
  props.log.info('The document needs no work', { documentKey, correlationId: document.correlationId });
}

async function startRun({ starter, log, meter }: StartIngestionProps, document: PlannedDocument): Promise<void> {
  const { tenant, path, source, sequence, attempt } = document;
  const run = runNameOf(documentKeyOf(tenant, path), source, sequence, attempt);
  const outcome = await starter.start({ ...document, run });
  meter.count(outcome === 'started' ? 'IngestionStarted' : 'IngestionRepeated');
  log.info(outcome === 'started' ? 'The ingestion is started' : 'The ingestion was started before', {
    run,
    correlationId: document.correlationId,
  });
}

async function deleted(props: StartIngestionProps, event: ObjectEvent, isPermanent: boolean): Promise<void> {
  const { bucket, key, tenant, path, loadId, correlationId } = event;
  const documentKey = documentKeyOf(tenant, path);
  const isBulk = loadId !== undefined;
  const sequence = isBulk ? sequenceOf(event.time + REST_OF_A_SECOND_MS) : sequenceOf(event.time, event.sequencer);
  if (isPermanent) {
    const current = await props.sources.head({ bucket, key });
    if (current) return restored(props, event, documentKey, current.versionId, sequence);
  }
  const source = { bucket, key, versionId: event.versionId ?? 'null' };
  const { before, after } = await changeDocument(props, documentKey, (row, now) => {
    // The object of an old load says nothing of a document that has come from elsewhere since.
    if (isBulk && row?.source?.key !== key && row?.visible?.source.key !== key) return undefined;
    return tombstone(row, { tenant, path, source, sequence }, now);
  });
  const garbage = (after?.garbage ?? []).filter(({ mayGrow }) => !mayGrow);
  await deleteGarbage(props, documentKey, garbage, props.clock.now() + TIME_TO_DELETE_MS).catch((error) =>
    props.log.warn('Vectors of a deleted document are left to the sweeper', {
      documentKey,
      correlationId,
      ...errorFields(error),
    }),
  );
  props.meter.count('DocumentDeleted');
  if (before !== after) props.meter.count(SIGNALS.good);
  props.log.info('The document is deleted', { documentKey, correlationId });
}

/** A version or a delete marker was removed: whatever is the current version now is the document. */
async function restored(
  props: StartIngestionProps,
  event: ObjectEvent,
  documentKey: string,
  versionId: string,
  sequence: string,
): Promise<void> {
  const row = await props.documents.find(documentKey);
  if (row?.status !== 'deleted' && row?.source?.versionId === versionId) return;
  await created(props, event, versionId, sequence);
}

/** SHA-256 in base64url of an object's bytes; undefined when it is gone. */
async function hashOf(sources: SourceStore, source: ObjectVersion): Promise<string | undefined> {
  const bytes = await sources.read(source);
  if (!bytes) return undefined;
  const hash = createHash('sha256');
  for await (const piece of bytes) hash.update(piece);
  return hash.digest('base64url');
}
