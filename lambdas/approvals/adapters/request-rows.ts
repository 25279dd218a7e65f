/**
 * Owns the shape of the rows of the approvals table. The request itself is JSON text in the attribute `request`, so
 * that a payload comes back as it went in, whatever its depth and numbers; beside it stands what keys, indexes, the
 * stream's filter and conditions need, and what a watcher may know who is to see nothing of what is asked.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Link } from '../domain/link';
import type { ApprovalRequest } from '../domain/request';
import { dueOf } from '../domain/request-store';

type Item = Record<string, AttributeValue>;

/** Rows are kept for so long after their request has expired. */
const RETENTION_SECONDS = 400 * 24 * 60 * 60;

/** The key of a request's row. */
export function requestKey(requestId: string): Item {
  return marshall({ pk: `request#${requestId}`, sk: 'request' });
}

/** The key of a link's row. */
export function linkKey(hash: string): Item {
  return marshall({ pk: `link#${hash}`, sk: 'link' });
}

/** The id in a request row's partition key. */
export function requestIdOfKey(pk: string): string {
  return pk.slice('request#'.length);
}

/** The row of a request. */
export function toRequestRow(request: ApprovalRequest): Item {
  const due = dueOf(request);
  return {
    ...requestKey(request.requestId),
    ...marshall(
      {
        status: request.status,
        openedAt: request.openedAt,
        version: request.version,
        request: JSON.stringify(request),
        askedBy: request.askedBy,
        decidedAt: request.decision?.at,
        auditCount: request.audit.count,
        auditHead: request.audit.head,
        effectsDue: request.effects.length > 0 ? 'yes' : undefined,
        dueQueue: due?.queue,
        dueAt: due?.at,
        expiration: request.status === 'pending' ? undefined : expirationOf(request.expiresAt),
      },
      { removeUndefinedValues: true },
    ),
  };
}

/** The request in a row. */
export function fromRequestRow(item: Item): ApprovalRequest {
  return JSON.parse(unmarshall(item).request);
}

/** The row of a new link. */
export function toLinkRow(link: Omit<Link, 'attempts' | 'lastAttemptAt' | 'isClosed'>, expiresAt: number): Item {
  const { hash, requestId, person, role, generation, codeHash } = link;
  return {
    ...linkKey(hash),
    ...marshall({
      requestId,
      person,
      role,
      generation,
      codeHash,
      attempts: 0,
      isClosed: false,
      expiration: expirationOf(expiresAt),
    }),
  };
}

/** The link in a row. */
export function fromLinkRow(item: Item): Link {
  const { pk, requestId, person, role, generation, codeHash, attempts, lastAttemptAt, isClosed } = unmarshall(item);
  const hash = pk.slice('link#'.length);
  return { hash, requestId, person, role, generation, codeHash, attempts, lastAttemptAt, isClosed };
}

function expirationOf(expiresAt: number): number {
  return Math.ceil(expiresAt / 1000) + RETENTION_SECONDS;
}
