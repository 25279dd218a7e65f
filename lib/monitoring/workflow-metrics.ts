import { ArnFormat, type Duration, Stack } from 'aws-cdk-lib';
import { type IMetric, type MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { mathOf } from './math';

/** Namespace of what is counted in the logs of machines. */
export const MACHINES_NAMESPACE = 'Stepwright/Machines';

/** What the events of a machine's log are counted as, and the pattern that finds them. A filter has no constant dimensions, so a machine has metrics of its own. */
export const LOG_COUNTS = {
  StatesEntered: '{ $.type = "*StateEntered" }',
  TasksScheduled: '{ $.type = "TaskScheduled" || $.type = "LambdaFunctionScheduled" }',
  TasksEntered: '{ $.type = "TaskStateEntered" }',
  TasksFailed:
    '{ $.type = "TaskFailed" || $.type = "TaskTimedOut" || $.type = "LambdaFunctionFailed" || $.type = "LambdaFunctionTimedOut" }',
} as const;

/** One of the counts. */
export type LogCount = keyof typeof LOG_COUNTS;

/** The name of a count of a machine's log. */
export function logCountName(machine: string, count: LogCount): string {
  return `${machine}-${count}`;
}

/** What a machine is known by, in its own stack and in any other: its name stands in its ARN. */
export interface Machine {
  readonly name: string;
  readonly isExpress: boolean;
}

/** What the runs of a machine cost, in US dollars. */
export interface MachinePrices {
  readonly transition: number;
  readonly expressRequest: number;
  readonly expressGigabyteSecond: number;
}

/**
 * The figures of one machine, for alarms and dashboards alike: success and failure of executions, latency, tasks and their retries,
 * transitions, cost. What the logs count needs {@link MachineLogFilters} in the stack of the machine.
 */
export class WorkflowMetrics {
  private readonly arn: string;

  constructor(
    scope: Construct,
    readonly machine: Machine,
  ) {
    this.arn = machineArn(scope, machine.name);
  }

  /** Executions that began. */
  started(period: Duration): Metric {
    return this.ofExecutions('ExecutionsStarted', period);
  }

  /** The share of ended executions that succeeded, in per cent. */
  successRate(period: Duration): MathExpression {
    return this.math('100 * FILL(succeeded, 0) / SUM([succeeded, failed, timedOut, aborted])', period, {
      succeeded: this.ofExecutions('ExecutionsSucceeded', period),
      ...this.deathsOf(period),
    });
  }

  /** Executions that failed, timed out or were aborted. */
  died(period: Duration): MathExpression {
    return this.math('SUM([failed, timedOut, aborted])', period, this.deathsOf(period));
  }

  /** Milliseconds from start to end; `p50`, `p95`. */
  latency(statistic: string, period: Duration): Metric {
    return this.ofExecutions('ExecutionTime', period, statistic);
  }

  /** A count of the machine's log. */
  counted(count: LogCount, period: Duration): Metric {
    return new Metric({
      namespace: MACHINES_NAMESPACE,
      metricName: logCountName(this.machine.name, count),
      statistic: 'Sum',
      period,
      label: `${this.machine.name} ${count}`,
    });
  }

  /** Attempts of tasks beyond each one's first. */
  retries(period: Duration): MathExpression {
    return this.math('SUM([scheduled, FILL(entered, 0) * -1])', period, this.tasksOf(period));
  }

  /** The share of attempts of tasks that are retries, in per cent. */
  retryRate(period: Duration): MathExpression {
    return this.math('100 * (1 - FILL(entered, 0) / scheduled)', period, this.tasksOf(period));
  }

  /** The share of attempts of tasks that fail or time out, in per cent. */
  taskFailureRate(period: Duration): MathExpression {
    return this.math('100 * FILL(failedTasks, 0) / scheduled', period, {
      failedTasks: this.counted('TasksFailed', period),
      scheduled: this.counted('TasksScheduled', period),
    });
  }

  /** What a Standard machine is billed by: states entered, and retries. */
  transitions(period: Duration): MathExpression {
    return this.math('SUM([states, scheduled, FILL(entered, 0) * -1])', period, {
      states: this.counted('StatesEntered', period),
      ...this.tasksOf(period),
    });
  }

  /** What Step Functions bills for an execution, in US dollars; functions, tables and logs come on top. */
  costPerExecution(prices: MachinePrices, period: Duration): MathExpression {
    const started = this.started(period);
    if (!this.machine.isExpress) {
      return this.math(`SUM([states, scheduled, FILL(entered, 0) * -1]) * ${prices.transition} / started`, period, {
        states: this.counted('StatesEntered', period),
        ...this.tasksOf(period),
        started,
      });
    }
    // Milliseconds and megabytes.
    const gigabyteSeconds = 'milliseconds / 1000 * megabytes / 1024';
    return this.math(
      `${prices.expressRequest} + ${gigabyteSeconds} * ${prices.expressGigabyteSecond} / started`,
      period,
      {
        milliseconds: this.ofExecutions('ExpressExecutionBilledDuration', period),
        megabytes: this.ofExecutions('ExpressExecutionBilledMemory', period, 'Average'),
        started,
      },
    );
  }

  /** Executions that Step Functions put off. */
  throttled(period: Duration): Metric {
    return this.ofExecutions('ExecutionThrottled', period);
  }

  private deathsOf(period: Duration): Record<string, IMetric> {
    return {
      failed: this.ofExecutions('ExecutionsFailed', period),
      timedOut: this.ofExecutions('ExecutionsTimedOut', period),
      aborted: this.ofExecutions('ExecutionsAborted', period),
    };
  }

  private tasksOf(period: Duration): Record<string, IMetric> {
    return { scheduled: this.counted('TasksScheduled', period), entered: this.counted('TasksEntered', period) };
  }

  private ofExecutions(metricName: string, period: Duration, statistic = 'Sum'): Metric {
    return new Metric({
      namespace: 'AWS/States',
      metricName,
      dimensionsMap: { StateMachineArn: this.arn },
      statistic,
      period,
    });
  }

  private math(expression: string, period: Duration, usingMetrics: Record<string, IMetric>): MathExpression {
    return mathOf({ about: this.machine.name, expression, period, usingMetrics });
  }
}

/** The ARN of a machine of this account and region. It refers to no resource, so that a stack may name the machines of another. */
export function machineArn(scope: Construct, resourceName: string): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
