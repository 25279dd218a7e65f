/**
 * Owns custom resources: tells their Lambda function what to do, and waits for the answer that the function puts to the URL it was
 * given. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 * Refuses service tokens that name no Lambda function (SNS topics).
 */

import { DurableMap } from '../../../kernel/durable-map';
import { AwsError } from '../../../wire/aws-error';
import type { Host } from '../../../wire/host';
import type { ResourceContext, ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { CustomResourceFailure } from '../faults';
import { type CustomResourceAnswer, readAnswer } from './answer';
import { responseUrl } from './response-url';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html */
const LONGEST_WAIT_SECONDS = 3600;

type Properties = Readonly<Record<string, unknown>>;

interface CustomRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly PhysicalResourceId?: string;
  readonly OldResourceProperties?: unknown;
}

/** A request whose answer has not been made use of. */
interface OpenRequest {
  readonly stackId: string;
  readonly logicalId: string;
  readonly requestId: string;
  /** Of the resource, when it has one already. */
  readonly physicalId?: string;
  readonly untilMs: number;
  answer?: CustomResourceAnswer;
}

/** Makes the providers of custom resources, and takes the answers of their functions, those to an earlier process included. */
export class CustomResources {
  /** By the secret of the URL that a function was given. */
  private readonly open: DurableMap<OpenRequest>;
  private readonly waiting = new Map<string, (answer: CustomResourceAnswer) => void>();

  constructor(private readonly host: Host) {
    this.open = new DurableMap(host.journal, 'cloudformation.customRequests');
  }

  /** The provider of a type that begins with `Custom::`, or of AWS::CloudFormation::CustomResource. */
  provider(type: string): ResourceProvider<Properties> {
    return {
      type,
      properties: {},
      takesAnyProperty: true,
      create: (properties, context) => this.request(type, { RequestType: 'Create' }, properties, context),
      update: (PhysicalResourceId, properties, previous, context) => {
        const OldResourceProperties = asTexts(previous);
        const request = { RequestType: 'Update', PhysicalResourceId, OldResourceProperties } as const;
        return this.request(type, request, properties, context);
      },
      delete: async (PhysicalResourceId, properties, context) => {
        await this.request(type, { RequestType: 'Delete', PhysicalResourceId }, properties, context);
      },
    };
  }

  /** Takes what a function has put to its URL. Throws AccessDenied for a URL that nobody waits behind any more. */
  answer(secret: string, body: Buffer): void {
    const request = this.open.get(secret);
    if (!request || request.answer) throw new AwsError('AccessDenied', 'Request has expired', 403);
    request.answer = readAnswer(body);
    this.open.changed(secret);
    this.waiting.get(secret)?.(request.answer);
  }

  /** What becomes of the request that an earlier process made for a resource; undefined when it made none. */
  takeUp(stackId: string, logicalId: string): Promise<ResourceResult> | undefined {
    const found = [...this.open].find(([, request]) => request.stackId === stackId && request.logicalId === logicalId);
    return found && this.result(...found);
  }

  /** Nobody will make use of a stack's answers any more. */
  forget(stackId: string): void {
    for (const [secret, request] of [...this.open]) if (request.stackId === stackId) this.open.delete(secret);
  }

  private async request(
    type: string,
    request: CustomRequest,
    properties: Properties,
    context: ResourceContext,
  ): Promise<ResourceResult> {
    const token = properties.ServiceToken;
    if (typeof token !== 'string' || !/^arn:[^:]+:lambda:/.test(token)) {
      throw new CustomResourceFailure(
        typeof token === 'string' ? `The ServiceToken ${token} names no Lambda function` : 'ServiceToken is required',
      );
    }
    const requestId = this.host.kernel.random.uuid();
    const secret = this.host.kernel.random.bytes(32).toString('hex');
    const { stackId, logicalId } = context;
    const untilMs = this.host.kernel.clock.now() + secondsToWait(properties.ServiceTimeout) * 1000;
    const open = { stackId, logicalId, requestId, physicalId: request.PhysicalResourceId, untilMs };
    this.open.set(secret, open);
    const event = {
      ...request,
      ServiceToken: token,
      ResponseURL: responseUrl(this.host, context, requestId, secret),
      StackId: context.stackId,
      RequestId: requestId,
      LogicalResourceId: context.logicalId,
      ResourceType: type,
      ResourceProperties: asTexts(properties),
    };
    const input = { FunctionName: token, InvocationType: 'Event', Payload: JSON.stringify(event) };
    try {
      await this.host.call(context.caller, 'lambda', 'Invoke', input);
    } catch (error) {
      this.open.delete(secret);
      throw error;
    }
    return this.result(secret, open);
  }

  private async result(secret: string, request: OpenRequest): Promise<ResourceResult> {
    try {
      return resultOf(request.answer ?? (await this.expect(secret, request)), request);
    } finally {
      this.open.delete(secret);
    }
  }

  private expect(secret: string, { requestId, untilMs }: OpenRequest): Promise<CustomResourceAnswer> {
    return new Promise((resolve, reject) => {
      const timer = this.host.kernel.clock.schedule(untilMs, () => {
        this.waiting.delete(secret);
        reject(
          new CustomResourceFailure(
            `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. ` +
              'If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.',
          ),
        );
      });
      this.waiting.set(secret, (answer) => {
        this.waiting.delete(secret);
        timer.cancel();
        resolve(answer);
      });
    });
  }
}

function secondsToWait(timeout: unknown): number {
  return Math.min(Number(timeout ?? LONGEST_WAIT_SECONDS), LONGEST_WAIT_SECONDS);
}

function resultOf(answer: CustomResourceAnswer, request: OpenRequest): ResourceResult {
  const { Status, Reason, PhysicalResourceId, Data } = answer;
  if (Status !== 'SUCCESS') {
    throw new CustomResourceFailure(
      `Received response status [FAILED] from custom resource. Message returned: ${Reason ?? ''} (RequestId: ${request.requestId})`,
    );
  }
  const physicalId = PhysicalResourceId ?? request.physicalId;
  if (!physicalId) throw new CustomResourceFailure('Invalid PhysicalResourceId');
  return { physicalId, attributes: Data };
}

/** Numbers and booleans reach a custom resource as texts. */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (value === null || typeof value !== 'object') return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asTexts(item)]));
}
