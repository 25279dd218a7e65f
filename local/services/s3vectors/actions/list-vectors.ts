import type { Action } from '../../../wire/service';
import type { IndexAddress } from '../address';
import { answerVector, type Wanted } from '../answer-vector';
import { integerBetween } from '../constraints';
import { invalidToken, validation } from '../faults';
import { readToken, writeToken } from '../page';
import type { S3Vectors } from '../s3-vectors';
import { segmentOf } from '../vectors/segment';

const MOST = 1000;
const DEFAULT = 500;
const MOST_SEGMENTS = 16;
/** A page ends before it holds more. */
const MOST_BYTES = 1024 * 1024;

interface ListVectorsInput extends IndexAddress, Wanted {
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly segmentCount?: number;
  readonly segmentIndex?: number;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_ListVectors.html */
export function listVectors(vectors: S3Vectors): Action<ListVectorsInput> {
  return {
    access: (input) => {
      const needed = vectors.onIndex('ListVectors')(input);
      return input.returnData || input.returnMetadata ? [...needed, ...vectors.onIndex('GetVectors')(input)] : needed;
    },
    handle: (input) => {
      const { maxResults = DEFAULT, nextToken, segmentCount = 1, segmentIndex = 0 } = input;
      integerBetween('/maxResults', maxResults, 1, MOST);
      checkSegment(input);
      const set = vectors.store.vectorsOf(vectors.indexOf(input));
      const page: object[] = [];
      let last = nextToken === undefined ? 0 : Number(readToken(nextToken));
      if (!Number.isInteger(last)) throw invalidToken();
      let bytes = 0;
      for (const vector of set.after(last)) {
        if (segmentOf(vector.key, segmentCount) !== segmentIndex) continue;
        const answer = answerVector(set, vector, input);
        bytes += Buffer.byteLength(JSON.stringify(answer));
        if (page.length === maxResults || (page.length > 0 && bytes > MOST_BYTES)) {
          return { vectors: page, nextToken: writeToken(String(last)) };
        }
        page.push(answer);
        last = vector.sequence;
      }
      return { vectors: page };
    },
  };
}

function checkSegment({ segmentCount, segmentIndex }: ListVectorsInput): void {
  if ((segmentCount === undefined) !== (segmentIndex === undefined)) {
    throw validation('Must specify both segmentCount and segmentIndex, or neither');
  }
  integerBetween('/segmentCount', segmentCount, 1, MOST_SEGMENTS);
  integerBetween('/segmentIndex', segmentIndex, 0, MOST_SEGMENTS - 1);
  if (segmentIndex !== undefined && segmentIndex >= segmentCount!) {
    throw validation('segmentIndex must be less than segmentCount', 'segmentIndex');
  }
}
