import type { Readable } from 'node:stream';
import type { AwsError } from './aws-error';
import type { CallContext, Caller } from './caller';
import type { PropertySpec, ResourceProvider } from './resource-provider';

export type { PropertySpec, ResourceProvider };

/** One thing that must be allowed before an action is carried out. */
export interface Access {
  /** The IAM action, such as `sqs:SendMessage`; not always the name of the API action. */
  readonly action: string;
  /** The ARN it acts on, or `*` where AWS knows no resource for the action. */
  readonly resource: string;
  /** Condition keys of this request beyond the global ones, such as `iam:PassedToService`. */
  readonly context?: Record<string, string | string[]>;
  /** A grant of the service itself allows it (KMS): only an explicit deny refuses then. */
  readonly isGranted?: boolean;
}

/** An API action: what it needs to be allowed, and what it does. Input and output have the shapes of the AWS API. */
export interface Action<Input = any, Output = any> {
  /** Decided before `handle`. Left out only for actions that AWS does not authorize. */
  access?(input: Input, call: CallContext): Access[];
  /** Throws AwsError for every refusal. `undefined` renders as an empty answer. */
  handle(input: Input, call: CallContext): Promise<Output> | Output;
}

/** A request as a REST service sees it, path parameters decoded. */
export interface RestRequest {
  readonly path: Record<string, string>;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** A response as a REST service gives it. */
export interface RestResponse {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer | string;
}

/** One route of a REST-JSON service; labels in braces (`{FunctionName}`), `{Key+}` for the rest of the path. */
export interface RestRoute {
  readonly method: string;
  readonly path: string;
  readonly action: string;
  /** Default: path labels, query and JSON body merged into one input. */
  read?(request: RestRequest): object;
  /** Default: 200 with the output as JSON. */
  write?(output: any): RestResponse;
}

/** AWS JSON. */
export interface JsonProtocol {
  readonly kind: 'json';
  readonly version: '1.0' | '1.1';
  /** What stands before the dot in `X-Amz-Target`, such as `AmazonSQS`. */
  readonly target: string;
  /** AWS renders `__type` with this namespace, such as `com.amazonaws.dynamodb.v20120810#`; empty for most. */
  readonly errorNamespace?: string;
  /** SQS: also answers `x-amzn-query-error`. */
  readonly hasQueryErrors?: boolean;
}

/** A request for a page that a person reads. */
export interface PageRequest {
  readonly method: 'GET' | 'HEAD';
  /** What follows the pages' own path, as sent: empty, or begun by a slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}

/** The pages of a service, on the port of the APIs; see pages.ts for how they are asked for and sent. */
export interface Pages {
  /** Where they begin, such as `/inbox`. */
  readonly path: string;
  /** Gives the page; its own headers go before those that every page is sent with. */
  answer(request: PageRequest): RestResponse | Promise<RestResponse>;
}

/** A request whose body has not been read. */
export interface StreamedRequest {
  readonly method: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** Can be read once. Fails when the client goes away before its request is whole. */
  readonly body: AsyncIterable<Buffer>;
  readonly requestId: string;
  readonly caller: Caller;
}

/** An answer whose body may be sent as it is read. */
export interface StreamedResponse {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | Readable;
}

/**
 * REST-XML with bodies of any size, as S3 speaks it. The wire hands over requests before their bodies are read; the service
 * finds the action and its input, and writes the answer.
 */
export interface RestXmlProtocol {
  readonly kind: 'rest-xml';
  /** Whether an unsigned request with this path is for the service; its body has been read then. */
  takesUnsigned(rawPath: string): boolean;
  /** The action may be one that the service does not have: that is answered as not implemented. Throws AwsError for what cannot be read. */
  read(request: StreamedRequest): Promise<{ readonly action: string; readonly input: object }>;
  write(action: string, output: any, request: StreamedRequest): StreamedResponse;
  writeError(error: AwsError, request: StreamedRequest): StreamedResponse;
}

/** How a service speaks on the wire. */
export type Protocol =
  | JsonProtocol
  | RestXmlProtocol
  | { readonly kind: 'rest-json'; readonly routes: readonly RestRoute[] }
  | { readonly kind: 'query'; readonly version: string; readonly xmlNamespace: string };

/**
 * An emulated AWS service. `name` is both its IAM prefix and its name in the SigV4 credential scope; a service whose
 * API answers on two names registers twice.
 */
export interface Service {
  readonly name: string;
  /** As the service stands in AWS's messages: `Service: DynamoDb` in Step Functions, and in the log. */
  readonly protocols: readonly Protocol[];
  /** By API action name, in AWS's own capitals: `SendMessage`. */
  readonly actions: Readonly<Record<string, Action>>;
  /** CloudFormation resource types that the service creates. */
  readonly resources?: readonly ResourceProvider[];
  /**
   * The policy of a resource of this service, when it has one (queue policy, topic policy, function policy); asked by
   * the gateway when it decides on a call.
   */
  resourcePolicy?(arn: string): object | undefined;
  /** What a person reads in the browser, when the service has something to show. */
  readonly pages?: Pages;
  /** Starts again what an earlier process left under way; called once, when every service has rebuilt its state. */
  resume?(): void | Promise<void>;
  /** Ends pollers, workers, timers. */
  stop?(): Promise<void>;
}
