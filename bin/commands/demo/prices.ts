/**
 * List prices of us-east-1 in US dollars, November 2026: aws.amazon.com/{step-functions,lambda,dynamodb,sqs,
 * eventbridge,api-gateway}/pricing. Free tiers are left out.
 */
export const PRICES = {
  transition: 0.025 / 1000,
  lambdaRequest: 0.2 / 1e6,
  lambdaGigabyteSecondArm: 0.0000133334,
  dynamoDbWriteUnit: 0.625 / 1e6,
  dynamoDbReadUnit: 0.125 / 1e6,
  sqsRequest: 0.4 / 1e6,
} as const;
