import { type ApiEvent, answerApi, jsonResponse } from '../../shared/http/api-answer';
import { Problem } from '../../shared/http/problem';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import type { DocumentRow, DocumentStatus } from '../domain/document';
import { type DocumentStore, InvalidCursor } from '../domain/document-store';
import { tenantOf } from './api-tenant';

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 100;

const STATUSES: readonly string[] = ['pending', 'visible', 'quarantined', 'deleted'] satisfies DocumentStatus[];

/**
 * `GET /tenants/{tenant}/documents?status=&limit=&cursor=`: 200 with `{documents, cursor?}`, by status and path; 422 for a
 * bad parameter.
 */
export function createListDocumentsApi(documents: Pick<DocumentStore, 'list'>, observability: Observability) {
  return (event: ApiEvent, _invocation: Invocation) =>
    answerApi(observability, event, 'send it again', async () => {
      const tenant = tenantOf(event);
      const { status, cursor, limit = String(DEFAULT_LIMIT) } = event.queryStringParameters ?? {};
      if (status !== undefined && !STATUSES.includes(status)) {
        throw invalid('status', `status must be one of ${STATUSES.join(', ')}`);
      }
      if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > LARGEST_LIMIT) {
        throw invalid('limit', `limit must be a whole number from 1 to ${LARGEST_LIMIT}`);
      }
      const query = { tenant, status: status as DocumentStatus | undefined, limit: Number(limit), cursor };
      const page = await documents.list(query).catch((error) => {
        throw error instanceof InvalidCursor ? invalid('cursor', error.message) : error;
      });
      return jsonResponse(200, { documents: page.documents.map(described), cursor: page.cursor });
    });
}

function described({ documentId, path, status, reason, visible, updatedAt, source }: DocumentRow) {
  return {
    documentId,
    path,
    status,
    reason,
    isSearchable: visible !== undefined,
    title: visible?.title,
    chunkCount: visible?.chunkCount,
    indexedAt: visible?.indexedAt,
    versionId: source?.versionId,
    updatedAt,
  };
}

function invalid(parameter: string, detail: string): Problem {
  return new Problem(422, 'invalid-parameter', 'Invalid parameter', 'Correct what the error points to.', [
    { pointer: `/${parameter}`, detail },
  ]);
}
