import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { StandardWorkflow } from './standard-workflow';
import type { TaskFunction } from './task-function';

/** What is invoked, and when. */
export interface ScheduledInvocationProps {
  readonly target: TaskFunction | StandardWorkflow;
  /** Takes invocations that could not be delivered. */
  readonly deadLetterQueue: IQueue;
  /** @default - schedules are made elsewhere, with the role of this construct */
  readonly everyMinutes?: number;
  /** What the target is handed each time. @default - an empty object */
  readonly input?: object;
}

/** EventBridge Scheduler invokes a function or starts a workflow: a role that can do that and nothing else, and a schedule if it is regular. */
export class ScheduledInvocation extends Construct {
  readonly role: Role;
  readonly targetArn: string;

  constructor(scope: Construct, id: string, props: ScheduledInvocationProps) {
    super(scope, id);
    const { target, deadLetterQueue, everyMinutes, input = {} } = props;
    const isWorkflow = target instanceof StandardWorkflow;
    this.targetArn = isWorkflow ? target.liveArn : target.function.functionArn;
    // Only for schedules of this account: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const allow = (action: string, resource: string) =>
      this.role.addToPrincipalPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
    if (isWorkflow) target.grantStartExecution(this.role);
    else allow('lambda:InvokeFunction', this.targetArn);
    allow('sqs:SendMessage', deadLetterQueue.queueArn);
    if (everyMinutes === undefined) return;
    const schedule = new CfnSchedule(this, 'Schedule', {
      description: `Invokes ${target.node.id}`,
      scheduleExpression: `rate(${everyMinutes} minute${everyMinutes === 1 ? '' : 's'})`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.targetArn,
        roleArn: this.role.roleArn,
        input: Stack.of(this).toJsonString(input),
        deadLetterConfig: { arn: deadLetterQueue.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: everyMinutes * 60, maximumRetryAttempts: 10 },
      },
    });
    schedule.node.addDependency(this.role);
  }
}
