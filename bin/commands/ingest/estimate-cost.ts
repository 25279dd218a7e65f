/**
 * List prices of us-east-1 in US dollars, November 2026: aws.amazon.com/{step-functions,lambda,bedrock,s3,dynamodb}/pricing.
 * Free tiers are left out.
 */
const PRICES = {
  transition: 0.025 / 1000,
  expressRequest: 1 / 1e6,
  expressGigabyteSecond: 0.00001667,
  lambdaGigabyteSecondArm: 0.0000133334,
  thousandTokens: 0.00002,
  objectPut: 0.005 / 1000,
  objectGet: 0.0004 / 1000,
  vectorGigabytePut: 0.2,
  dynamoDbWriteUnit: 0.625 / 1e6,
} as const;

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
