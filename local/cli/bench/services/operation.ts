/** An operation whose speed is told. */
export interface Operation {
  /** Such as `sqs SendMessage`. */
  readonly name: string;
  /** Calls it; each number comes once. Rejects when the answer is not as it should be. */
  call(number: number): Promise<unknown>;
}

/** What a client of the AWS SDK needs to reach the embedded AWS. */
export interface Target {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** A role that the services may assume, and that may do everything. */
  readonly roleArn: string;
  /** A function that answers at once. */
  readonly functionName: string;
}

/** Makes what some operations need, and gives them. */
export type OperationMaker = (target: Target) => Promise<Operation[]>;

/** Calls a service that has no client among the project's packages; signatures are not looked at, only that there is one. */
export async function callWithoutClient(
  { endpoint, credentials, region }: Target,
  service: string,
  request: {
    readonly method?: string;
    readonly path?: string;
    readonly target?: string;
    readonly body?: string | URLSearchParams;
  },
): Promise<string> {
  const scope = `${credentials.accessKeyId}/20260101/${region}/${service}/aws4_request`;
  const headers: Record<string, string> = {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    ...(request.target !== undefined && { 'x-amz-target': request.target }),
  };
  const { method = 'POST', path = '/', body } = request;
  const answer = await fetch(endpoint + path, { method, headers, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${service}: ${answer.status} ${text}`);
  return text;
}
