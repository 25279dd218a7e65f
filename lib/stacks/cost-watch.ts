import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ScheduledInvocation } from '../constructs/scheduled-invocation';
import type { TaskFunction } from '../constructs/task-function';
import { type CostMeter, costMeters } from '../monitoring/cost-meters';
import type { Prices } from '../monitoring/prices';
import type { Service } from '../monitoring/service-metrics';
import type { StageSettings } from '../stages/stage-settings';
import { workflowFunction } from './workflow-function';

/** What the estimates of cost are made with. */
export interface CostWatchProps {
  readonly settings: StageSettings;
  readonly prices: Prices;
  /** Takes invocations that could not be delivered. */
  readonly deadLetterQueue: IQueue;
}

/**
 * The function that estimates what workflows cost. It is deployed before all of them, and each stack tells it on a schedule of its own what to count: so no
 * stack has to export the names of its functions and tables, which CloudFormation would then never let it change.
 */
export class CostWatch extends Construct {
  private readonly task: TaskFunction;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CostWatchProps,
  ) {
    super(scope, id);
    this.task = workflowFunction(this, 'WatchCosts', 'observability', props.settings, {
      handler: 'watch-costs',
      description:
        'Publishes what a workflow costs: the last hour, this month so far, and the whole month at this rate',
      timeout: Duration.minutes(1),
      environment: {},
    });
    this.task.allow(['cloudwatch:GetMetricData'], '*');
    this.task.acknowledgeWildcard(
      '*',
      'Neither X-Ray nor GetMetricData knows resource types; nothing else is granted on *.',
    );
  }

  /** Has everything that a stack holds so far counted, and `besides` what the account is billed for the workflow. */
  watch(scope: Construct, service: Service, besides: (prices: Prices) => readonly CostMeter[] = () => []): void {
    const { settings, prices, deadLetterQueue } = this.props;
    new ScheduledInvocation(scope, 'CostWatch', {
      target: this.task,
      deadLetterQueue,
      everyMinutes: settings.watch.costsEveryMinutes,
      input: { meters: [...costMeters(scope, service, prices), ...besides(prices)] },
    });
  }
}
