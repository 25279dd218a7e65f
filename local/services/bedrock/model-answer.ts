/** What an invocation cost. */
export interface InvocationCost {
  readonly inputTokens: number;
  readonly latencyMs: number;
}

/** What InvokeModel gives: the API's members, and beside them what only headers say. */
export class ModelAnswer {
  readonly body: Buffer;
  readonly contentType = 'application/json';
  readonly #cost: InvocationCost;

  constructor(answer: object, cost: InvocationCost) {
    this.body = Buffer.from(JSON.stringify(answer));
    this.#cost = cost;
  }

  cost(): InvocationCost {
    return this.#cost;
  }

  /** https://docs.aws.amazon.com/bedrock/latest/userguide/inference-invoke.html */
  headers(): Record<string, string> {
    return {
      'content-type': this.contentType,
      'x-amzn-bedrock-input-token-count': String(this.#cost.inputTokens),
      'x-amzn-bedrock-invocation-latency': String(this.#cost.latencyMs),
    };
  }
}
