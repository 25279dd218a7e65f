import * as z from 'zod/mini';
import { sourceField } from './fields';
import { plannedDocument } from './intake';

const text = z.string('must be text');
const count = z.number('must be a number');
const workKey = z.string('must be text').check(z.startsWith('work/', 'must be a key below work/'));

/** A document on its way through the stages; see domain/job. */
export const jobSchema = z.object(
  {
    ...plannedDocument.shape,
    run: text.check(z.regex(/^[A-Za-z0-9_-]{1,120}$/, 'run must be 1 to 120 letters, digits, - or _')),
    fetched: z.optional(
      z.object({ object: z.union([sourceField, z.object({ key: workKey })]), contentType: z.optional(text) }),
    ),
    parsed: z.optional(
      z.object({
        key: workKey,
        format: text,
        blockCount: count,
        title: z.optional(text),
        hasInstructions: z.optional(z.boolean('must be true or false')),
      }),
    ),
    chunked: z.optional(z.object({ key: workKey, chunkCount: count })),
    embedded: z.optional(z.object({ key: workKey, reused: count, embedded: count })),
    upserted: z.optional(z.object({ versionKey: text, vectorCount: count })),
    outcome: z.optional(
      z.object({
        status: z.enum(['quarantined', 'superseded', 'unfinished', 'failed'], 'must be a known outcome'),
        reason: text,
        error: text,
      }),
    ),
  },
  'a document must be an object',
);

/** The payload of a stage. */
export const stageInput = z.object(
  {
    documents: z
      .array(jobSchema, 'documents must be an array')
      .check(z.minLength(1, 'documents must not be empty'), z.maxLength(1000, 'documents must be at most 1,000')),
    isSingle: z.optional(z.boolean('isSingle must be true or false')),
  },
  'the input must be {documents, isSingle?}',
);

/** The payload of the functions that a single document's failure is routed to. */
export const failureInput = z.object(
  {
    documents: z.array(jobSchema, 'documents must be an array').check(z.length(1, 'documents must be one')),
    error: z.object({ Error: z.optional(text), Cause: z.optional(text) }, 'error must be {Error, Cause}'),
  },
  'the input must be {documents, error}',
);
