import { CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import type { CfnArchive, CfnRule } from 'aws-cdk-lib/aws-events';
import type { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';

interface Kinds {
  readonly 'AWS::ApiGatewayV2::Api': CfnApi;
  readonly 'AWS::DynamoDB::GlobalTable': CfnGlobalTable;
  readonly 'AWS::Events::Archive': CfnArchive;
  readonly 'AWS::Events::Rule': CfnRule;
  readonly 'AWS::Lambda::EventSourceMapping': CfnEventSourceMapping;
  readonly 'AWS::Lambda::Function': CfnFunction;
  readonly 'AWS::S3::Bucket': CfnBucket;
  readonly 'AWS::SNS::Topic': CfnTopic;
  readonly 'AWS::SQS::Queue': CfnQueue;
  readonly 'AWS::StepFunctions::StateMachine': CfnStateMachine;
}

/** The outputs that name the queues by which work comes in: those that `npm run ops -- pause` closes. */
const INTAKE_QUEUES = ['OrderQueueUrl', 'ApprovalsQueueUrl', 'IngestQueueUrl'];

/**
 * What a stack is made of, found as the operators' commands find it in the deployed one: by the types of its resources and by the
 * names of its outputs, so that no queue is overlooked that a stack forgot to name. Look once the stack is whole.
 */
export class StackParts {
  private readonly resources: readonly CfnResource[];
  private readonly outputs: ReadonlyMap<string, CfnOutput>;

  constructor(readonly stack: Stack) {
    const inside = stack.node.findAll().filter((each) => Stack.of(each) === stack);
    this.resources = inside.filter((each) => CfnResource.isCfnResource(each));
    const outputs = inside.filter((each) => each instanceof CfnOutput);
    this.outputs = new Map(outputs.map((output) => [stack.resolve(output.logicalId), output]));
  }

  ofType<Type extends keyof Kinds>(type: Type): Kinds[Type][] {
    return this.resources.filter(({ cfnResourceType }) => cfnResourceType === type) as unknown as Kinds[Type][];
  }

  /** The value of an output; undefined when the stack has none of this name. */
  output(name: string): string | undefined {
    return this.outputs.get(name)?.value;
  }

  /** An ARN of this stack's account and region. */
  arn(service: string, rest: string): string {
    const { partition, region, account } = this.stack;
    return `arn:${partition}:${service}:${region}:${account}:${rest}`;
  }

  /** ARNs made of an output; none when the stack does not have it. */
  arnsOf(output: string, arnOf: (value: string) => string): string[] {
    const value = this.output(output);
    return value === undefined ? [] : [arnOf(value)];
  }

  /** ARNs of the table that an output names. */
  tableOf(output: string): string[] {
    return this.arnsOf(output, (name) => this.arn('dynamodb', `table/${name}`));
  }

  queues(): CfnQueue[] {
    return this.ofType('AWS::SQS::Queue');
  }

  /** Queues in which messages lie that failed, or that wait for a person: named so, or another queue's dead-letter queue. */
  deadLetterQueues(): CfnQueue[] {
    const targets = this.queues().map(({ redrivePolicy }) => this.text(redrivePolicy?.deadLetterTargetArn));
    return this.queues().filter((queue) => {
      const names = [...this.outputs].filter(([, { value }]) => this.isSame(value, queue.ref));
      const isNamedSo = [this.stack.resolve(queue.logicalId), ...names.map(([name]) => name)].some((name) =>
        /DeadLetter|ReviewQueue/.test(name),
      );
      return isNamedSo || targets.includes(this.text(queue.attrArn));
    });
  }

  /** Queues by which work comes in. */
  intakeQueues(): CfnQueue[] {
    return this.queues().filter(({ ref }) => INTAKE_QUEUES.some((output) => this.isSame(this.output(output), ref)));
  }

  /** What feeds a queue to its function. */
  mappingsOf(queue: CfnQueue): CfnEventSourceMapping[] {
    return this.ofType('AWS::Lambda::EventSourceMapping').filter(({ eventSourceArn }) =>
      this.isSame(eventSourceArn, queue.attrArn),
    );
  }

  /** Machines whose executions can be listed, with the ARNs of all their executions. */
  standardMachines(): { readonly machine: CfnStateMachine; readonly executions: string; readonly isSealed: boolean }[] {
    return this.ofType('AWS::StepFunctions::StateMachine')
      .filter(({ stateMachineType }) => stateMachineType !== 'EXPRESS')
      .map((machine) => ({
        machine,
        executions: this.arn('states', `execution:${machine.stateMachineName}:*`),
        isSealed: machine.encryptionConfiguration !== undefined,
      }));
  }

  /** Rules by which events of a bus start the machine that delivers them. */
  deliveryRules(): CfnRule[] {
    const machine = this.output('DeliveryAliasArn');
    return this.ofType('AWS::Events::Rule').filter(({ targets }) =>
      [this.stack.resolve(targets) ?? []].flat().some(({ arn }: { arn: unknown }) => this.isSame(machine, arn)),
    );
  }

  /** Whether two values are the same in the template. */
  isSame(one: unknown, other: unknown): boolean {
    return one !== undefined && this.text(one) === this.text(other);
  }

  private text(value: unknown): string | undefined {
    return value === undefined ? undefined : JSON.stringify(this.stack.resolve(value));
  }
}
