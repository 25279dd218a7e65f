import { invalidRequest } from '../faults';
import { isUnprocessed, readSegment, type Unprocessed } from '../read-segment';
import { type ActionFactory, anyAccess } from '../xray-parts';

const MOST_DOCUMENTS = 50;

/** https://docs.aws.amazon.com/xray/latest/api/API_PutTraceSegments.html: documents that are not taken are named, the others are. */
export const putTraceSegments: ActionFactory = ({ store, host }) => ({
  access: anyAccess('PutTraceSegments'),
  handle({ TraceSegmentDocuments: documents }: { TraceSegmentDocuments?: unknown }) {
    if (!Array.isArray(documents)) throw invalidRequest('TraceSegmentDocuments is required.');
    if (documents.length > MOST_DOCUMENTS)
      throw invalidRequest(`At most ${MOST_DOCUMENTS} documents are taken at once.`);
    const UnprocessedTraceSegments: Unprocessed[] = [];
    for (const document of documents) {
      const read = readSegment(document);
      if (isUnprocessed(read)) UnprocessedTraceSegments.push(read);
      else store.put(read, document, host.kernel.clock.now() / 1000);
    }
    return { UnprocessedTraceSegments };
  },
});
