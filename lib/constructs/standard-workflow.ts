import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
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
import { allowMapRuns } from './map-run-grants';
import type { TaskFunction } from './task-function';
import { acknowledgeWildcard } from './wildcard-acknowledgement';
import { allStates, placeholders, readDefinition, startingAt, type WorkflowDefinition } from './workflow-definition';
import type { WorkflowKey } from './workflow-key';

/** How long Step Functions goes on with one data key before it asks KMS for the next: the least calls it can make. */
const DATA_KEY_SECONDS = 900;

/** What a Standard workflow is made of. */
export interface StandardWorkflowProps {
  /** The definition: valid JSON, with quoted `${Name}` placeholders. */
  readonly definitionFile: string;
  /**
   * The state to start at, when the machine is only a part of the definition; states that it cannot reach are left out.
   * @default - the definition's own StartAt
   */
  readonly startAt?: string;
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
}

/**
 * A Standard state machine from a definition file: X-Ray tracing, every event logged without execution data (it holds
 * personal data), a timeout, and a role with the grants that are spelled out and no others.
 */
export class StandardWorkflow extends Construct {
  readonly stateMachine: StateMachine;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: StandardWorkflowProps) {
    super(scope, id);
    const file = readDefinition(props.definitionFile);
    const definition = startingAt(file, props.startAt ?? file.StartAt);
    const named = placeholders(definition);
    const tasks = Object.entries(props.tasks).filter(([name]) => named.includes(name));
    const available: Record<string, string> = { ...props.substitutions };
    for (const [name, task] of tasks) available[name] = task.function.functionArn;
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
    const logGroup = new LogGroup(this, 'LogGroup', {
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
      stateMachineType: StateMachineType.STANDARD,
      tracingEnabled: true,
      logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: false },
    });
    this.arn = this.stateMachine.stateMachineArn;
    if (props.encryptionKey) this.encrypt(props.encryptionKey, props.name);
    for (const statement of props.allow) this.stateMachine.addToRolePolicy(statement);
    for (const [, task] of tasks) this.allowInvoke(task);
    allowMapRuns(this.stateMachine.role, props.name, definition);
    acknowledgeWildcard(
      this.stateMachine.role,
      '*',
      'The log delivery actions and the X-Ray actions know no resource types; nothing else of this role is granted on *.',
    );
  }

  /** Lets a function or role start executions of this machine, and do nothing else with it. */
  grantStart(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['states:StartExecution'], resources: [this.arn] }),
    );
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

  /** The function and its versions: a definition that names a version must outlive the deployment of the next. */
  private allowInvoke(task: TaskFunction): void {
    const arn = task.function.functionArn;
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [arn, `${arn}:*`] }),
    );
    acknowledgeWildcard(
      this.stateMachine.role,
      `${arn}:*`,
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
