import { parseBody } from '../../wire/json-protocol';
import type { RestRequest, RestRoute } from '../../wire/service';

/** Actions whose path is their name. */
const NAMED = [
  'CreateIndex',
  'CreateVectorBucket',
  'DeleteIndex',
  'DeleteVectorBucket',
  'DeleteVectorBucketPolicy',
  'DeleteVectors',
  'GetIndex',
  'GetVectorBucket',
  'GetVectorBucketPolicy',
  'GetVectors',
  'ListIndexes',
  'ListVectorBuckets',
  'ListVectors',
  'PutVectorBucketPolicy',
  'PutVectors',
  'QueryVectors',
];

const TAGS = '/tags/{resourceArn+}';

/** The REST-JSON routes of the S3 Vectors API. */
export const s3VectorsRoutes: readonly RestRoute[] = [
  ...NAMED.map((action) => ({ method: 'POST', path: `/${action}`, action, read: readJson })),
  { method: 'GET', path: TAGS, action: 'ListTagsForResource', read: readTagRequest },
  { method: 'POST', path: TAGS, action: 'TagResource', read: readTagRequest },
  { method: 'DELETE', path: TAGS, action: 'UntagResource', read: readTagRequest },
];

function readJson({ body }: RestRequest): object {
  return parseBody(body);
}

function readTagRequest({ body, path, query }: RestRequest): object {
  return { ...parseBody(body), ...path, tagKeys: query.getAll('tagKeys') };
}
