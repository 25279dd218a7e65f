import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import type { ApiGatewayOptions } from '../../local/services/apigateway/api-gateway';
import { createApiGatewayService } from '../../local/services/apigateway/router';
import type { Authorizer } from '../../local/wire/authorizer';
import { AwsError } from '../../local/wire/aws-error';
import type { CallContext, Caller } from '../../local/wire/caller';
import type { ResourceProvider, ResourceResult } from '../../local/wire/resource-provider';
import type { Access, Service } from '../../local/wire/service';
import { type RunningGateway, startGateway } from './embedded';
import { resourceContext } from './resource-context';

/** The account of the embedded AWS. */
export const ACCOUNT = '000000000000';
/** The function behind every route. */
export const functionArn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:place-order`;
/** Where access logs go. */
export const logGroupArn = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/api/access`;
/** Whom every access key but `ASIAOLD` stands for. */
export const roleCaller = {
  kind: 'role',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/shop/web`,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/shop`,
  accountId: ACCOUNT,
} as const;

/** A call that a neighbouring service received. */
export interface NeighbourCall {
  readonly action: string;
  readonly input: any;
  readonly caller: Caller;
}

/** What CloudFormation hands to a provider. */
export const context = resourceContext({ stackName: 'orders', logicalId: 'Api' });

/** One HTTP API, made as CloudFormation would, in front of functions and logs that only note what they are asked. */
export class HttpApiUnderTest {
  readonly clock = new SimulatedClock();
  readonly calls: NeighbourCall[] = [];
  readonly authorized: Access[] = [];
  running!: RunningGateway;
  apiId!: string;
  url!: string;
  /** Whether IAM allows what it is asked. */
  isAllowed = true;
  /** What the function answers, an Error for a failure of its own; by default a 200 with the event. */
  invoke: (event: any) => unknown = (event) => ({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  private service!: Service;

  constructor(private readonly options: ApiGatewayOptions = {}) {}

  async start(): Promise<void> {
    const kernel = { clock: this.clock, random: new SeededRandom('api') };
    this.running = await startGateway(
      (host) => {
        this.service = createApiGatewayService(host, { authorizer: this.authorizer(), ...this.options });
        return [this.service, this.functions(), this.neighbour('logs', ['CreateLogStream', 'PutLogEvents'])];
      },
      { kernel },
    );
    const { physicalId, attributes } = await this.create('Api', { Name: 'orders', ProtocolType: 'HTTP' });
    this.apiId = physicalId;
    this.url = attributes!.ApiEndpoint as string;
  }

  provider(type: string): ResourceProvider {
    return this.service.resources!.find((resource) => resource.type === `AWS::ApiGatewayV2::${type}`)!;
  }

  async create(type: string, properties: object): Promise<ResourceResult> {
    return this.provider(type).create(properties, context);
  }

  async stage(more: object = {}): Promise<void> {
    await this.create('Stage', { ApiId: this.apiId, StageName: '$default', AutoDeploy: true, ...more });
  }

  /** A route with an integration of its own. */
  async route(RouteKey: string, more: object = {}, integration: object = {}): Promise<void> {
    const { physicalId } = await this.create('Integration', {
      ApiId: this.apiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: functionArn,
      PayloadFormatVersion: '2.0',
      ...integration,
    });
    await this.create('Route', { ApiId: this.apiId, RouteKey, Target: `integrations/${physicalId}`, ...more });
  }

  /** The status and the JSON that a request is answered. */
  async answer(path: string, init?: RequestInit): Promise<{ status: number; body: any }> {
    const response = await fetch(`${this.url}${path}`, init);
    return { status: response.status, body: await response.json() };
  }

  private functions(): Service {
    return this.neighbour('lambda', ['Invoke'], async ({ Payload }) => {
      const result = await this.invoke(JSON.parse(Payload));
      if (result instanceof Error) {
        const errorMessage = result.message;
        return { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify({ errorMessage })) };
      }
      return { StatusCode: 200, Payload: Buffer.from(JSON.stringify(result)) };
    });
  }

  private neighbour(name: string, actions: string[], answer: (input: any) => unknown = () => ({})): Service {
    const entries = actions.map((action) => [
      action,
      {
        handle: (input: any, { caller }: CallContext) => {
          this.calls.push({ action: `${name}:${action}`, input, caller });
          return answer(input);
        },
      },
    ]);
    return { name, protocols: [], actions: Object.fromEntries(entries) };
  }

  private authorizer(): Authorizer {
    return {
      identify: (accessKeyId) => {
        if (accessKeyId === 'ASIAOLD') throw new AwsError('ExpiredTokenException', 'expired', 403);
        return roleCaller;
      },
      assumeRole: () => roleCaller,
      credentialsOf: () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }),
      authorize: (_caller, _service, access) => {
        this.authorized.push(access);
        if (!this.isAllowed) throw new AwsError('AccessDeniedException', 'no', 403);
      },
    };
  }
}
