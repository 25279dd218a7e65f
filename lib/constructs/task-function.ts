import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { handlerBundle } from './handler-bundle';
import { acknowledgeWildcard } from './wildcard-acknowledgement';

/** What a function is made of. */
export interface TaskFunctionProps {
  /** The file that exports `handler`. */
  readonly entry: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly logRetention: RetentionDays;
  readonly environment: Readonly<Record<string, string>>;
  /** @default 512, where a bundle of this size starts in well under a second */
  readonly memoryMegabytes?: number;
  /** What the bundle may weigh. @default 450,000 bytes */
  readonly bundleLimitBytes?: number;
}

/** A Lambda function on Node 24 and arm64 with a role and a log group of its own, JSON logs and active tracing. */
export class TaskFunction extends Construct {
  readonly function: LambdaFunction;
  readonly timeout: Duration;
  /** The name of its log group, which any stack may know beforehand. */
  readonly logGroupName: string;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: TaskFunctionProps) {
    super(scope, id);
    this.timeout = props.timeout;
    // Dashboards and people name it without asking the stack. It goes with the stack, so that its name stands in nobody's way.
    this.logGroupName = `/stepwright/${this.node.path}`;
    const logGroup = new LogGroup(this, 'LogGroup', {
      logGroupName: this.logGroupName,
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    // Instead of AWSLambdaBasicExecutionRole, which may create and write every log group of the account.
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: handlerBundle(props.entry, props.bundleLimitBytes),
      role: this.role,
      timeout: props.timeout,
      memorySize: props.memoryMegabytes ?? 512,
      environment: { ...props.environment, ...this.attempt() },
      tracing: Tracing.ACTIVE,
      // An execution that runs names the version that it began with.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.INFO,
    });
    acknowledgeWildcard(
      this.role,
      '*',
      'X-Ray actions know no resource types; nothing else of this role is granted on *.',
    );
  }

  /** The version of this code and configuration, which no later deployment changes; made when it is first asked for. */
  get versionArn(): string {
    return this.function.currentVersion.functionArn;
  }

  /** The role that the function runs as, for policies of resources. */
  get roleArn(): string {
    return this.role.roleArn;
  }

  /** Allows the function exactly these actions on exactly these resources. */
  allow(actions: readonly string[], ...resources: readonly string[]): void {
    this.allowWhen({}, actions, ...resources);
  }

  /** Allows the function exactly these actions on exactly these resources under conditions. */
  allowWhen(
    conditions: Readonly<Record<string, Record<string, unknown>>>,
    actions: readonly string[],
    ...resources: readonly string[]
  ): void {
    this.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], conditions: { ...conditions } }),
    );
  }

  /** Says why one resource pattern that the function is allowed ends in a wildcard. */
  acknowledgeWildcard(resource: string, reason: string): void {
    acknowledgeWildcard(this.role, resource, reason);
  }

  /**
   * A deployment that was taken back has left its versions behind, and Lambda makes no second version of the same.
   * `-c attempt=2` makes it another: docs/decisions/safe-deploys.md.
   */
  private attempt(): Record<string, string> {
    const attempt: unknown = this.node.tryGetContext('attempt');
    return attempt === undefined ? {} : { DEPLOYMENT_ATTEMPT: String(attempt) };
  }
}
