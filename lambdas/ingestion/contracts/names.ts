/**
 * The number of the way from bytes to chunks. Raised whenever parsing or chunking changes: documents that were
 * ingested under a lower number count as changed.
 */
export const PIPELINE = 2;

/** Objects below are single documents: `documents/<tenant>/<path>`. */
export const SINGLE_PREFIX = 'documents/';

/** Objects below belong to bulk loads: `bulk/<loadId>/<tenant>/<path>`. */
export const BULK_PREFIX = 'bulk/';

/** The largest document that is ingested. */
export const LARGEST_DOCUMENT_BYTES = 100 * 1024 * 1024;

/** The event source of what ingestion itself puts into its queue. */
export const INGESTION_SOURCE = 'stepwright.ingestion';

/** The detail type of a document that a bulk load hands to the single machine. */
export const DOCUMENT_HANDED_OVER = 'Document Handed Over';

/** A tenant's name. */
export const TENANT_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** The longest path of a document. */
export const LONGEST_PATH_BYTES = 700;

/** The id of a bulk load. */
export const LOAD_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;
