import { Duration, Stack } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DataTable } from '../../constructs/data-table';
import { ScheduledInvocation } from '../../constructs/scheduled-invocation';
import type { TaskFunction } from '../../constructs/task-function';
import type { Workflow } from '../../constructs/workflow';
import type { AlarmSet } from '../../monitoring/alarm-set';
import { machineArn } from '../../monitoring/workflow-metrics';
import { BUDGET_HOURS } from '../../stages/service-level-settings';
import type { StageSettings } from '../../stages/stage-settings';
import { workflowFunction } from '../workflow-function';

/** What all stacks with a workflow have. */
export interface WatchedStack {
  readonly workflows: readonly Workflow[];
  readonly alarms: AlarmSet;
}

/** What the watchers look at, by the stack that has it. */
export interface WatchedStacks {
  readonly orders: WatchedStack & {
    readonly saga: Workflow;
    readonly undo: Workflow;
    readonly orders: DataTable;
  };
  readonly approvals: WatchedStack & {
    readonly requests: DataTable;
    readonly audit: DataTable;
  };
  readonly ingestion: WatchedStack & {
    readonly document: Workflow;
    readonly documents: DataTable;
  };
  readonly fanOut: WatchedStack;
  readonly quotes: WatchedStack;
}

/** What the watchers work with. */
export interface WatchersProps {
  readonly settings: StageSettings;
  /** Takes invocations that could not be delivered. */
  readonly deadLetterQueue: IQueue;
  readonly watched: WatchedStacks;
}

/** Functions that look at executions, trails and error budgets from outside, on schedules, and change nothing. */
export class Watchers extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: WatchersProps,
  ) {
    super(scope, id);
    const { deadLetterQueue } = props;
    const every = (everyMinutes: number, target: TaskFunction) =>
      new ScheduledInvocation(this, `${target.node.id}Schedule`, { target, deadLetterQueue, everyMinutes });
    every(1, this.watchExecutions());
    every(5, this.watchBudgets());
  }

  private watchExecutions(): TaskFunction {
    const { settings, watched } = this.props;
    const { orders, approvals, ingestion } = watched;
    const arn = ({ name }: Workflow) => machineArn(this, name);
    const { silentSeconds } = settings.watch;
    const machine = (service: string, workflow: Workflow, silentAfterSeconds: number) => ({
      service,
      workflow,
      silentAfterSeconds: workflow.isEncrypted ? silentAfterSeconds : undefined,
    });
    const machines = [
      machine('orders', orders.saga, silentSeconds.orders),
      machine('orders', orders.undo, silentSeconds.undo),
      ...approvals.workflows.map((workflow) => machine('approvals', workflow, silentSeconds.asking)),
      ...ingestion.workflows.map((workflow) => machine('ingestion', workflow, silentSeconds.asking)),
    ];
    const json = (value: object) => Stack.of(this).toJsonString(value);
    const task = workflowFunction(this, 'WatchExecutions', 'observability', settings, {
      handler: 'watch-executions',
      description: 'Publishes which executions stand still, how old requests are, and which trails have gaps',
      timeout: Duration.seconds(50),
      environment: {
        MACHINES: json(
          machines.map(({ service, workflow, silentAfterSeconds }) => ({
            service,
            arn: arn(workflow),
            silentAfterSeconds,
          })),
        ),
        TRAILS: json({
          orders: { table: orders.orders.name, machineArn: arn(orders.saga) },
          ingestion: { table: ingestion.documents.name, machineArn: arn(ingestion.document) },
          approvals: { table: approvals.requests.name, auditTable: approvals.audit.name },
        }),
      },
    });
    for (const { workflow, silentAfterSeconds } of machines) {
      task.allow(['states:ListExecutions'], arn(workflow));
      if (silentAfterSeconds === undefined) this.allowHistories(task, workflow);
    }
    task.allow(['dynamodb:BatchGetItem'], orders.orders.arn, ingestion.documents.arn, approvals.requests.arn);
    task.allow(['dynamodb:Query'], approvals.requests.indexArn('by-status'), approvals.audit.arn);
    return task;
  }

  private allowHistories(task: TaskFunction, { name }: Workflow): void {
    const executions = Stack.of(this).formatArn({ service: 'states', resource: `execution:${name}:*` });
    task.allow(['states:GetExecutionHistory', 'states:DescribeStateMachineForExecution'], executions);
    task.acknowledgeWildcard(executions, 'The executions of one machine.');
  }

  private watchBudgets(): TaskFunction {
    const { settings } = this.props;
    const { orders, approvals, ingestion, fanOut, quotes } = settings.slo;
    const shares = { orders, approvals, ingestion, 'fan-out': fanOut, quotes };
    const objectives = Object.entries(shares).map(([service, { objective }]) => [service, rounded(objective / 100)]);
    const task = workflowFunction(this, 'WatchBudgets', 'observability', settings, {
      handler: 'watch-budgets',
      description: 'Publishes what is left of the error budget of each workflow',
      timeout: Duration.seconds(50),
      environment: {
        OBJECTIVES: JSON.stringify(Object.fromEntries(objectives)),
        BUDGET_DAYS: String(BUDGET_HOURS / 24),
      },
    });
    task.allow(['cloudwatch:GetMetricData'], '*');
    task.acknowledgeWildcard(
      '*',
      'Neither X-Ray nor GetMetricData knows resource types; nothing else is granted on *.',
    );
    return task;
  }
}

/** 0.995, not 0.9949999999999999. */
function rounded(share: number): number {
  return Number(share.toFixed(6));
}
