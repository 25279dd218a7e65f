import { PRICES } from '../prices';

/** What the figures of a run do not say, and is assumed of it. */
const ASSUMED = {
  /** Of a passage of about 1,200 characters. */
  tokensPerChunk: 300,
  /** A vector of 512 numbers with its text and its other metadata. */
  bytesPerVector: 512 * 4 + 2_500,
  /** What the stages write and read for a document. */
  putsPerDocument: 6,
  getsPerDocument: 12,
  /** Its row, written four times with two indexes. */
  writeUnitsPerDocument: 24,
  /** Its entry in the cache of embeddings. */
  writeUnitsPerEmbedding: 2,
  /** A function is taken to run for as long as the execution does. */
  lambdaGigabytes: 1,
  /** Memory of an Express execution, billed in steps of 64 MB. */
  expressGigabytes: 64 / 1024,
} as const;

/** What ingesting took. */
export interface Effort {
  readonly transitions: number;
  /** Documents that were sent, and those of them that went through the stages. */
  readonly documents: number;
  readonly worked: number;
  readonly chunks: number;
  readonly embedded: number;
  readonly batches: number;
  readonly batchSeconds: number;
  readonly singleSeconds: number;
}

/** Dollars that so much ingesting costs on AWS, to the order of it: what is not counted is assumed, rather too much. */
export function estimateDollars(effort: Effort): number {
  const { transitions, documents, worked, chunks, embedded, batches, batchSeconds, singleSeconds } = effort;
  return (
    transitions * PRICES.transition +
    batches * PRICES.expressRequest +
    batchSeconds * ASSUMED.expressGigabytes * PRICES.expressGigabyteSecond +
    (batchSeconds + singleSeconds) * ASSUMED.lambdaGigabytes * PRICES.lambdaGigabyteSecondArm +
    ((embedded * ASSUMED.tokensPerChunk) / 1000) * PRICES.thousandTokens +
    (documents + worked * ASSUMED.putsPerDocument) * PRICES.objectPut +
    worked * ASSUMED.getsPerDocument * PRICES.objectGet +
    ((chunks * ASSUMED.bytesPerVector) / 1e9) * PRICES.vectorGigabytePut +
    (worked * ASSUMED.writeUnitsPerDocument + embedded * ASSUMED.writeUnitsPerEmbedding) * PRICES.dynamoDbWriteUnit
  );
}
