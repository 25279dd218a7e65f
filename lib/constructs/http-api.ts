import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi as Api,
  type HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { FunctionIntegration } from './function-integration';
import type { TaskFunction } from './task-function';

/** Who may call, how often, and how long it is remembered. */
export interface HttpApiProps {
  readonly description: string;
  readonly logRetention: RetentionDays;
  readonly requestsPerSecond: number;
  readonly burst: number;
  /** @default - callers sign with SigV4 and need `execute-api:Invoke` */
  readonly jwt?: { readonly issuer: string; readonly audience: readonly string[] };
}

/** An HTTP API whose routes are authenticated unless they say why not, with throttling and access logs. */
export class HttpApi extends Construct {
  readonly api: Api;
  /** Scheme and host without a slash at the end. `HttpApi.url` of the CDK always says amazonaws.com; this asks the API itself. */
  readonly endpoint: string;
  private readonly authorizer: IHttpRouteAuthorizer;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.authorizer = props.jwt
      ? new HttpJwtAuthorizer('Jwt', props.jwt.issuer, { jwtAudience: [...props.jwt.audience] })
      : new HttpIamAuthorizer();
    this.api = new Api(this, 'Api', { description: props.description, createDefaultStage: false });
    this.endpoint = this.api.apiEndpoint;
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: props.requestsPerSecond, burstLimit: props.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        // No query strings, no headers, no caller names: what an operator needs and nothing personal.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            requestTime: '$context.requestTime',
            routeKey: '$context.routeKey',
            status: '$context.status',
            responseLength: '$context.responseLength',
            responseLatency: '$context.responseLatency',
            integrationError: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
  }

  /** Answers a route with a function, for callers who are authenticated. */
  route(method: HttpMethod, path: string, task: TaskFunction): void {
    this.add(
      [method],
      path,
      task,
      this.authorizer,
      'Every such route carries the IAM or the JWT authorizer of its API.',
    );
  }

  /** Answers a path with a function, whoever asks; `reason` says what protects it instead of an authorizer. */
  publicRoute(methods: readonly HttpMethod[], path: string, task: TaskFunction, reason: string): void {
    this.add(methods, path, task, new HttpNoneAuthorizer(), reason);
  }

  private add(
    methods: readonly HttpMethod[],
    path: string,
    task: TaskFunction,
    authorizer: IHttpRouteAuthorizer,
    reason: string,
  ): void {
    const integration = new FunctionIntegration(task.node.id, task.function);
    for (const route of this.api.addRoutes({ methods: [...methods], path, authorizer, integration })) {
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason });
    }
  }
}
