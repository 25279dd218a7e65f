import { createHash } from 'node:crypto';
import { type Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  type CfnStateMachine,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type Deployment, LIVE, LiveAlias } from './live-alias';
import type { TaskFunction } from './task-function';
import { acknowledgeWildcard } from './wildcard-acknowledgement';
import { allStates, placeholders, type WorkflowDefinition } from './workflow-definition';
import type { WorkflowKey } from './workflow-key';

/** How long Step Functions goes on with one data key before it asks KMS for the next: the least calls it can make. */
const DATA_KEY_SECONDS = 900;

/** What a workflow of either type is made of. */
export interface WorkflowProps {
  /** The definition: valid JSON, with quoted `${Name}` placeholders. */
  readonly definitionFile: string;
  /** The functions that the definition invokes, by placeholder; those that it names may be invoked. */
  readonly tasks: Readonly<Record<string, TaskFunction>>;
  /** Other placeholders, such as table names and queue URLs. What they stand for is granted with `allow`. */
  readonly substitutions: Readonly<Record<string, string>>;
  /** Permissions of the machine's role for the resources that its states use directly. */
  readonly allow: readonly PolicyStatement[];
  /** An execution that has not ended by then times out. */
  readonly timeout: Duration;
  readonly logRetention: RetentionDays;
  /** What the machine is called, and its log group behind `/aws/vendedlogs/states/`: unique in account and region. */
  readonly name: string;
  /**
   * Encrypts definition, histories and outputs; a workflow that waits for a task token must have one.
   * @default - a key of AWS, so that whoever may read a history reads the tokens in it
   */
  readonly encryptionKey?: WorkflowKey;
  /** How a new version takes over. @default - at once */
  readonly deployment?: Deployment;
  /**
   * Counts what the release with this id fails at without failing an execution, such as orders that it has to undo. The
   * definition gets the id as `${Release}`.
   * @default - only executions that fail or time out count against a new version
   */
  readonly releaseFailures?: (release: string) => IMetric;
}

/** What differs between the types of machines. */
export interface WorkflowKind {
  readonly type: StateMachineType;
  readonly logsExecutionData: boolean;
}

/**
 * A state machine from a definition file: X-Ray tracing, every event logged, a timeout, and a role with the grants that
 * are spelled out and no others. It names versions of its functions, so that definition and code are deployed, and taken back,
 * as one; and it is started by its alias `live`.
 */
export abstract class Workflow extends Construct {
  readonly stateMachine: StateMachine;
  /** Of the machine: what events, metrics and lists of executions name. */
  readonly arn: string;
  /** What the machine is called. */
  readonly name: string;
  /** Where the events of its executions are logged. */
  readonly logGroup: LogGroup;
  readonly isExpress: boolean;
  /** Whether nobody but the machine itself, and whom the key's policy names, can read its histories. */
  readonly isEncrypted: boolean;
  /** Leads to the version that is live, or to two while one is on trial. */
  readonly live: LiveAlias;

  constructor(scope: Construct, id: string, props: WorkflowProps, definition: WorkflowDefinition, kind: WorkflowKind) {
    super(scope, id);
    const named = placeholders(definition);
    const tasks = Object.entries(props.tasks).filter(([name]) => named.includes(name));
    const release = this.releaseOf(props, definition, tasks);
    const available: Record<string, string> = { ...props.substitutions, Release: release };
    for (const [name, task] of tasks) available[name] = task.versionArn;
    const missing = named.filter((name) => !(name in available));
    if (missing.length > 0) {
      throw new Error(
        `${props.definitionFile} waits for ${missing.map((name) => `\${${name}}`).join(', ')}: ` +
          'hand them to the workflow as tasks or substitutions.',
      );
    }

    for (const [name, task] of tasks) checkTimeouts(definition, name, task);

    // A state machine's log group starts with this prefix, or the account's log resource policy grows with every machine
    // until it is full: https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
    // It has a name, so it goes with the stack: a retained one would stand in the way of the next deployment.
    this.logGroup = new LogGroup(this, 'LogGroup', {
      logGroupName: `/aws/vendedlogs/states/${props.name}`,
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });

    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: props.name,
      // CDK's `timeout` has no effect on a definition that it did not build, so the timeout is written into it.
      definitionBody: DefinitionBody.fromString(
        JSON.stringify({ ...definition, TimeoutSeconds: props.timeout.toSeconds() }),
      ),
      definitionSubstitutions: Object.fromEntries(named.map((name) => [name, available[name] as string])),
      stateMachineType: kind.type,
      tracingEnabled: true,
      logs: { destination: this.logGroup, level: LogLevel.ALL, includeExecutionData: kind.logsExecutionData },
    });
    this.arn = this.stateMachine.stateMachineArn;
    this.name = props.name;
    this.isExpress = kind.type === StateMachineType.EXPRESS;
    this.isEncrypted = props.encryptionKey !== undefined;
    if (props.encryptionKey) this.encrypt(props.encryptionKey, props.name);
    for (const statement of props.allow) this.stateMachine.addToRolePolicy(statement);
    for (const [, task] of tasks) this.allowInvoke(task);
    acknowledgeWildcard(
      this.stateMachine.role,
      '*',
      'The log delivery actions and the X-Ray actions know no resource types; nothing else of this role is granted on *.',
    );
    this.live = new LiveAlias(this, 'Live', {
      stateMachine: this.stateMachine,
      name: props.name,
      timeout: props.timeout,
      deployment: props.deployment ?? { type: 'all-at-once' },
      release,
      releaseFailures: props.releaseFailures?.(release),
    });
  }

  /** What is started: the alias `live`. */
  get liveArn(): string {
    return this.live.arn;
  }

  /** Lets a function or role start executions of this machine by its alias, and do nothing else with it. */
  grantStartExecution(grantee: IGrantable): void {
    this.grantTo(grantee, 'states:StartExecution');
  }

  /** IAM knows the machine only; the alias is a condition: https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html */
  protected grantTo({ grantPrincipal }: IGrantable, action: string): void {
    grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [action],
        resources: [this.arn],
        conditions: { StringEquals: { 'states:StateMachineQualifier': LIVE } },
      }),
    );
  }

  /** Another text whenever the definition, what stands for its placeholders, or a function of it is another. */
  private releaseOf(props: WorkflowProps, definition: WorkflowDefinition, tasks: readonly [string, TaskFunction][]) {
    const parts = () => ({
      definition,
      timeoutSeconds: props.timeout.toSeconds(),
      substitutions: props.substitutions,
      functions: tasks.map(([name, task]) => [name, task.versionArn]),
    });
    const hash = () => createHash('sha256').update(JSON.stringify(Stack.of(this).resolve(parts())));
    return Lazy.uncachedString({ produce: () => hash().digest('hex').slice(0, 12) });
  }

  /** Not by CDK's `encryptionConfiguration`, which lets log delivery decrypt whatever the key has encrypted. */
  private encrypt(workflowKey: WorkflowKey, name: string): void {
    const machine = this.stateMachine.node.defaultChild as CfnStateMachine;
    machine.encryptionConfiguration = {
      type: 'CUSTOMER_MANAGED_KMS_KEY',
      kmsKeyId: workflowKey.key.keyArn,
      kmsDataKeyReusePeriodSeconds: DATA_KEY_SECONDS,
    };
    workflowKey.grantMachine(this.stateMachine.role, name);
  }

  /** All versions of the function, and not the function itself, which no definition names. */
  private allowInvoke(task: TaskFunction): void {
    const versions = `${task.function.functionArn}:*`;
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [versions] }),
    );
    acknowledgeWildcard(
      this.stateMachine.role,
      versions,
      'The versions and aliases of one function, so that executions that run go on through a deployment.',
    );
  }
}

/** A task that gives up before its function does leaves the function running beside the undo. */
function checkTimeouts(definition: WorkflowDefinition, placeholder: string, task: TaskFunction): void {
  for (const [name, state] of allStates(definition)) {
    const target = (state.Arguments as { FunctionName?: unknown } | undefined)?.FunctionName;
    if (target !== `\${${placeholder}}`) continue;
    const seconds = Number(state.TimeoutSeconds);
    if (seconds <= task.timeout.toSeconds()) {
      throw new Error(
        `State ${name} gives up after ${seconds} s, its function after ${task.timeout.toSeconds()} s: ` +
          'let the state wait longer than the function.',
      );
    }
  }
}
