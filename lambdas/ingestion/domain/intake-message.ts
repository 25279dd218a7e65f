import type * as z from 'zod/mini';
import { describeFaults } from '../../shared/validation/parse-input';
import { shownValue } from '../../shared/validation/shown-value';
import { unknownFields } from '../../shared/validation/unknown-fields';
import {
  OBJECT_EVENT_VERSION,
  objectDetail,
  type PlannedDocument,
  plannedDocument,
  queuedEvent,
} from '../contracts/intake';
import {
  BULK_PREFIX,
  DOCUMENT_HANDED_OVER,
  INGESTION_SOURCE,
  LOAD_ID_PATTERN,
  LONGEST_PATH_BYTES,
  SINGLE_PREFIX,
  TENANT_PATTERN,
} from '../contracts/names';
import { RejectedMessage } from './rejected-message';

/** An object as an event names it, and the document that it is. */
export interface ObjectEvent {
  readonly bucket: string;
  readonly key: string;
  readonly tenant: string;
  readonly path: string;
  /** The bulk load whose object it is. */
  readonly loadId?: string;
  readonly versionId?: string;
  readonly sequencer: string;
  /** Milliseconds since the epoch, to the second. */
  readonly time: number;
  readonly correlationId: string;
  /** Fields of the event that we do not know, as pointers: they are ignored. */
  readonly unknown: readonly string[];
}

/** A message of the ingestion queue. */
export type IntakeMessage =
  | { readonly kind: 'created'; readonly event: ObjectEvent }
  /** `isPermanent`: a version was removed, which need not have been the current one. */
  | { readonly kind: 'deleted'; readonly isPermanent: boolean; readonly event: ObjectEvent }
  | { readonly kind: 'handedOver'; readonly document: PlannedDocument };

/** Reads the body of a message. Throws RejectedMessage. */
export function readIntakeMessage(body: string, documentsBucket: string): IntakeMessage {
  const envelope = checked(queuedEvent, parsed(body));
  const type = envelope['detail-type'];
  if (envelope.source === INGESTION_SOURCE && type === DOCUMENT_HANDED_OVER) {
    return { kind: 'handedOver', document: ofItsOwnObject(checked(plannedDocument, envelope.detail), documentsBucket) };
  }
  if (type !== 'Object Created' && type !== 'Object Deleted') {
    throw new RejectedMessage(
      'MalformedMessage',
      `The event is ${JSON.stringify(type.slice(0, 60))}; it is not taken.`,
    );
  }
  const { version = OBJECT_EVENT_VERSION } = envelope.detail;
  if (version !== OBJECT_EVENT_VERSION) {
    const got = shownValue(version);
    throw new RejectedMessage('UnknownVersion', `/version: only ${OBJECT_EVENT_VERSION} is known; got ${got}`);
  }
  const detail = checked(objectDetail, envelope.detail);
  const time = Date.parse(envelope.time ?? '');
  if (Number.isNaN(time)) throw new RejectedMessage('MalformedMessage', 'The event has no time.');
  if (detail.bucket.name !== documentsBucket) {
    throw new RejectedMessage('ForeignObject', 'The event is of another bucket than that of the documents.');
  }
  const event: ObjectEvent = {
    bucket: detail.bucket.name,
    key: detail.object.key,
    ...documentOfKey(detail.object.key),
    versionId: detail.object['version-id'],
    sequencer: detail.object.sequencer,
    time,
    correlationId: envelope.id,
    unknown: unknownFields(objectDetail, envelope.detail),
  };
  if (type === 'Object Created') return { kind: 'created', event };
  return { kind: 'deleted', isPermanent: detail['deletion-type'] === 'Permanently Deleted', event };
}

/** The document that an object's key stands for. Throws RejectedMessage when it stands for none. */
export function documentOfKey(key: string): { tenant: string; path: string; loadId?: string } {
  const single = key.startsWith(SINGLE_PREFIX) ? key.slice(SINGLE_PREFIX.length) : undefined;
  if (single !== undefined) return tenantAndPath(single);
  if (key.startsWith(BULK_PREFIX)) {
    const [loadId, rest] = cut(key.slice(BULK_PREFIX.length));
    if (LOAD_ID_PATTERN.test(loadId)) return { ...tenantAndPath(rest), loadId };
  }
  throw new RejectedMessage('ForeignObject', `The key is below neither ${SINGLE_PREFIX} nor ${BULK_PREFIX}<load>/.`);
}

/** A document is whose key says so: a message cannot give one tenant's object to another. Throws RejectedMessage. */
function ofItsOwnObject(document: PlannedDocument, documentsBucket: string): PlannedDocument {
  const { bucket, key } = document.source;
  const { tenant, path } = documentOfKey(key);
  if (bucket === documentsBucket && tenant === document.tenant && path === document.path) return document;
  throw new RejectedMessage('ForeignObject', 'The object of the document is not that of its tenant and path.');
}

function tenantAndPath(text: string): { tenant: string; path: string } {
  const [tenant, path] = cut(text);
  if (!TENANT_PATTERN.test(tenant)) throw new RejectedMessage('ForeignObject', 'The key names no tenant.');
  if (path === '' || Buffer.byteLength(path) > LONGEST_PATH_BYTES) {
    throw new RejectedMessage('ForeignObject', `The path of a document has 1 to ${LONGEST_PATH_BYTES} bytes.`);
  }
  return { tenant, path };
}

function cut(text: string): [string, string] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash + 1)];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new RejectedMessage('MalformedMessage', `The message is not JSON: ${(error as Error).message}`);
  }
}

function checked<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new RejectedMessage('MalformedMessage', describeFaults(result.error.issues, value));
}
