import { documentKeyOf } from '../../ingest/ingestion-stack';

/** What a message speaks of, as far as it can be found out whether that has been done since. */
export type Subject =
  | { readonly kind: 'order'; readonly orderId: string }
  | { readonly kind: 'ask'; readonly executionArn: string }
  | {
      readonly kind: 'document';
      readonly documentKey: string;
      readonly versionId?: string;
      readonly sequencer?: string;
    }
  /** A pointer to records of a stream, which are not in the message. */
  | { readonly kind: 'pointer' }
  | { readonly kind: 'unknown' };

/** Objects of single documents lie below this, `<tenant>/<path>`. */
const SINGLE_DOCUMENT = /^documents\/([^/]+)\/(.+)$/;

/** Finds what a message's body speaks of. A body that nobody can read speaks of nothing known. */
export function subjectOf(body: string): Subject {
  let message: any;
  try {
    message = JSON.parse(body);
  } catch {
    return { kind: 'unknown' };
  }
  if (message === null || typeof message !== 'object') return { kind: 'unknown' };
  // https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
  if (message.DDBStreamBatchInfo) return { kind: 'pointer' };
  if (message.kind === 'ask' && typeof message.requestKey === 'string') {
    return { kind: 'ask', executionArn: message.requestKey.split('/')[0] };
  }
  const { detail } = message;
  if (detail === null || typeof detail !== 'object') return { kind: 'unknown' };
  // What was published of an order's end is owed to others: that the order has its end settles nothing.
  if (typeof detail.eventId === 'string') return { kind: 'unknown' };
  if (typeof detail.orderId === 'string') return { kind: 'order', orderId: detail.orderId };
  if (typeof detail.executionArn === 'string' && typeof detail.name === 'string') {
    return { kind: 'order', orderId: detail.name.replace(/\.undo[\w-]*$/, '') };
  }
  const [, tenant, path] = SINGLE_DOCUMENT.exec(detail.object?.key ?? '') ?? [];
  if (tenant === undefined || path === undefined) return { kind: 'unknown' };
  const { 'version-id': versionId, sequencer } = detail.object;
  return { kind: 'document', documentKey: documentKeyOf(tenant, path), versionId, sequencer };
}
