/** List prices in US dollars that estimates are made with; whoever composes the stacks hands them in. */
export interface Prices {
  readonly transition: number;
  readonly expressRequest: number;
  readonly expressGigabyteSecond: number;
  readonly lambdaRequest: number;
  readonly lambdaGigabyteSecondArm: number;
  readonly dynamoDbWriteUnit: number;
  readonly dynamoDbReadUnit: number;
  readonly sqsRequest: number;
  /** Input of the embedding model. */
  readonly thousandTokens: number;
}
