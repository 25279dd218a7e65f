import * as z from 'zod/mini';
import { contentHashField, loadIdField, pathField, sequenceField, sizeField, sourceField, tenantField } from './fields';

/**
 * What EventBridge delivers of a bucket:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html. Only what we read is checked.
 */
export const queuedEvent = z.object(
  {
    id: z.string('id must be text'),
    source: z.string('source must be text'),
    'detail-type': z.string('detail-type must be text'),
    time: z.optional(z.string('time must be text')),
    detail: z.record(z.string(), z.unknown(), 'detail must be an object'),
  },
  'the message must be an event',
);

/** The version of S3's events; one that names none has this one. */
export const OBJECT_EVENT_VERSION = '0';

/**
 * The detail of `Object Created` and `Object Deleted`. Fields that say `unknown` are not read; they are named so that it is
 * noticed when S3 adds others.
 */
export const objectDetail = z.object({
  version: z.optional(z.unknown()),
  'event-version': z.optional(z.unknown()),
  bucket: z.object({ name: z.string('bucket.name must be text') }, 'bucket must be {name}'),
  object: z.object(
    {
      key: z.string('object.key must be text').check(z.minLength(1, 'object.key must not be empty')),
      'version-id': z.optional(z.string('object.version-id must be text')),
      sequencer: z
        .string('object.sequencer must be text')
        .check(z.regex(/^[0-9A-Fa-f]{1,40}$/, 'object.sequencer must be 1 to 40 hexadecimal digits')),
      size: z.optional(z.unknown()),
      etag: z.optional(z.unknown()),
    },
    'object must be {key, sequencer}',
  ),
  'deletion-type': z.optional(z.string('deletion-type must be text')),
  reason: z.optional(z.unknown()),
  requester: z.optional(z.unknown()),
  'request-id': z.optional(z.unknown()),
  'source-ip-address': z.optional(z.unknown()),
});

/**
 * A document that a bulk load hands to the single machine, and a line of a load's manifest. `attempt`: what a repair calls
 * its execution apart by, when it ingests a version again.
 */
export const plannedDocument = z.object(
  {
    tenant: tenantField,
    path: pathField,
    source: sourceField,
    sizeBytes: sizeField,
    sequence: sequenceField,
    contentHash: contentHashField,
    correlationId: z.optional(z.string('correlationId must be text')),
    askedAt: z.optional(z.number('askedAt must be a number')),
    attempt: z.optional(
      z
        .string('attempt must be text')
        .check(z.regex(/^[\w:-]{1,32}$/, 'attempt must be 1 to 32 letters, digits, _, : or -')),
    ),
  },
  'a document must be an object',
);

/** A checked document of a manifest. */
export type PlannedDocument = z.infer<typeof plannedDocument>;

/** What plan-load is called with. */
export const loadInput = z.object({ loadId: loadIdField }, 'the input must be {loadId}');

const count = z.number('must be a number');

/** What plan-load answers and summarize-load is called with. */
export const loadPlan = z.object(
  {
    loadId: loadIdField,
    count,
    key: z.string('key must be text'),
    unchanged: count,
    superseded: count,
    refused: count,
    handedOver: count,
  },
  'the input must be what plan-load answered',
);

/** A checked plan of a load. */
export type LoadPlan = z.infer<typeof loadPlan>;
