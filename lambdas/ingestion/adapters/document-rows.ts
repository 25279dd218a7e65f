import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DocumentRow } from '../domain/document';

type Item = Record<string, any>;

/** The one partition of the index that finds rows with hidden vectors. */
export const SWEEP_PARTITION = 'due';

/** A row as the table holds it: with the keys of its indexes. */
export function toDocumentRow(row: DocumentRow): Item {
  const hidden = [...row.pending, ...row.garbage];
  return marshall(
    {
      ...row,
      statusPath: statusPathOf(row),
      // Rows without hidden vectors are not in the index.
      ...(hidden.length > 0 && { sweep: SWEEP_PARTITION, sweepAt: Math.min(...hidden.map(({ since }) => since)) }),
    },
    { removeUndefinedValues: true },
  );
}

/** A row from an item; attribute values as the wire has them. */
export function fromDocumentRow(item: Item): DocumentRow {
  const { statusPath: _, sweep: __, sweepAt: ___, ...row } = unmarshall(item);
  return row as DocumentRow;
}

/** The key of a row. */
export function documentKeyAttribute(documentKey: string): Item {
  return { documentKey: { S: documentKey } };
}

/** The sort key of a tenant's list. */
export function statusPathOf({ status, path }: Pick<DocumentRow, 'status' | 'path'>): string {
  return `${status}#${path}`;
}
