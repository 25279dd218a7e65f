/**
 * List prices of us-east-1 in US dollars, November 2026: aws.amazon.com/{step-functions,lambda,dynamodb,sqs,bedrock,s3,
 * eventbridge,api-gateway}/pricing. Free tiers are left out.
 */
export const PRICES = {
  transition: 0.025 / 1000,
  expressRequest: 1 / 1e6,
  expressGigabyteSecond: 0.00001667,
  lambdaRequest: 0.2 / 1e6,
  lambdaGigabyteSecondArm: 0.0000133334,
  dynamoDbWriteUnit: 0.625 / 1e6,
  dynamoDbReadUnit: 0.125 / 1e6,
  sqsRequest: 0.4 / 1e6,
  /** Input of Titan Text Embeddings V2. */
  thousandTokens: 0.00002,
  objectPut: 0.005 / 1000,
  objectGet: 0.0004 / 1000,
  vectorGigabytePut: 0.2,
} as const;
