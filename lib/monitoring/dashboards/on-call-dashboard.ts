import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  AlarmStatusWidgetSortBy,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Severity } from '../alarm-topics';
import { burnRate, SERVICES, type Service, serviceMetric } from '../service-metrics';
import { WorkflowMetrics } from '../workflow-metrics';
import { alarmArn, consoleLink, type DashboardProps, dashboardName, type Shown, searchWords } from './watched';

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);

/** What an alarm widget shows: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const MOST_ALARMS = 100;

/** For whoever was woken up: what rings, what waits, what stands still, what lies parked, and what is throttled. */
export class OnCallDashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new Dashboard(this, 'Dashboard', {
      dashboardName: dashboardName(props, 'on-call'),
      defaultInterval: Duration.hours(3),
      widgets: [
        [this.heading(props)],
        [this.alarmsOf(props, 'page'), this.alarmsOf(props, 'ticket')],
        [burning(props), standingStill()],
        [this.waiting(props), this.parked(props)],
        [died(this, props), drift()],
        [late(), throttled(this, props)],
      ],
    });
  }

  private heading(props: DashboardProps): IWidget {
    const { settings } = props;
    const to = (purpose: 'executive' | 'debug') =>
      `[${purpose}](${consoleLink(this, `dashboards:name=${dashboardName(props, purpose)}`)})`;
    return new TextWidget({
      width: 24,
      height: 3,
      markdown:
        `# On call, ${settings.name}\nEach alarm links its page of the [runbooks](${settings.alarms.runbooksUrl}). First: ` +
        `\`npm run ops -- readiness --stage incident\`. Where is it? ${to('debug')}. Who notices? ${to('executive')}. ` +
        `One request through all services: [X-Ray](${consoleLink(this, 'xray:traces/query')}).`,
    });
  }

  private alarmsOf({ alarms }: DashboardProps, severity: Severity): IWidget {
    const names = alarms.flatMap(({ bells }) => bells[severity]);
    if (names.length > MOST_ALARMS)
      throw new Error(`An alarm widget shows ${MOST_ALARMS} alarms, and there are ${names.length}.`);
    return new AlarmStatusWidget({
      title: severity === 'page' ? 'Wakes somebody up' : 'Can wait for working hours',
      width: 12,
      height: 8,
      sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
      alarms: names.map((name) => Alarm.fromAlarmArn(this, `Bell ${name}`, alarmArn(this, name))),
    });
  }

  private waiting({ shown }: DashboardProps): IWidget {
    return new GraphWidget({
      title: 'Seconds that the oldest message of each queue waits',
      width: 12,
      left: shown.map(({ stack, service }) =>
        search(
          `{AWS/SQS,QueueName} MetricName="ApproximateAgeOfOldestMessage" ${searchWords(stack)}`,
          'Maximum',
          service,
        ),
      ),
      right: SERVICES.map((service) =>
        serviceMetric(service, 'QueueWaitSeconds', MINUTE, 'p95').with({ label: `${service}: waited, p95` }),
      ),
    });
  }

  private parked({ shown }: DashboardProps): IWidget {
    return new GraphWidget({
      title: 'Messages in queues, dead letters and reviews among them',
      width: 12,
      left: shown.map(({ stack, service }) =>
        search(
          `{AWS/SQS,QueueName} MetricName="ApproximateNumberOfMessagesVisible" ${searchWords(stack)}`,
          'Maximum',
          service,
        ),
      ),
      right: [
        named('fan-out', 'WebhookBreakerOpened', 'the webhook was given up'),
        named('approvals', 'ApprovalUndeliverable', 'requests that reach nobody'),
      ],
    });
  }
}

function burning({ settings: { slo } }: DashboardProps): IWidget {
  const levels = {
    orders: slo.orders,
    approvals: slo.approvals,
    ingestion: slo.ingestion,
    'fan-out': slo.fanOut,
    quotes: slo.quotes,
  };
  return new GraphWidget({
    title: 'Times as fast as the error budget allows',
    width: 12,
    left: SERVICES.map((service) => burnRate(service, levels[service].objective, FIVE_MINUTES, 1)),
    leftAnnotations: [{ value: slo.pageBurnRate, label: 'wakes somebody up' }],
    leftYAxis: { min: 0, showUnits: false },
  });
}

function standingStill(): IWidget {
  const stuck = (['orders', 'approvals', 'ingestion'] as const).map((service) =>
    serviceMetric(service, 'StuckExecutions', MINUTE, 'Maximum').with({ label: service }),
  );
  return new GraphWidget({
    title: 'Executions that stand still',
    width: 12,
    left: stuck,
    leftYAxis: { min: 0, showUnits: false },
  });
}

function died(scope: Construct, { shown }: DashboardProps): IWidget {
  const machines = shown.flatMap(({ workflows }) => workflows);
  return new GraphWidget({
    title: 'Executions that failed, timed out or were aborted',
    width: 12,
    left: machines.map((machine) => new WorkflowMetrics(scope, machine).died(FIVE_MINUTES)),
    leftYAxis: { min: 0, showUnits: false },
  });
}

function drift(): IWidget {
  return new GraphWidget({
    title: 'What producers send that the contracts do not know',
    width: 12,
    left: [
      ...(['orders', 'approvals', 'ingestion'] as const).flatMap((service) => [
        named(service, 'UnknownFields', `${service}: fields`),
        named(service, 'UnknownVersion', `${service}: versions`),
      ]),
      named('orders', 'OrderMessageRejected', 'orders: rejected'),
      named('approvals', 'ApprovalMessageRejected', 'approvals: rejected'),
      named('ingestion', 'IngestMessageRejected', 'ingestion: rejected'),
    ],
    leftYAxis: { min: 0, showUnits: false },
  });
}

function late(): IWidget {
  return new GraphWidget({
    title: 'Late steps that were stopped, and callbacks that came too late',
    width: 12,
    left: [
      ...(['orders', 'ingestion', 'fan-out'] as const).map((service) => named(service, 'StepFenced', service)),
      named('approvals', 'ApprovalCallbackGone', 'approvals: nobody waited any more'),
    ],
    leftYAxis: { min: 0, showUnits: false },
  });
}

function throttled(scope: Construct, { shown }: DashboardProps): IWidget {
  const machines = shown.flatMap(({ workflows }) => workflows);
  return new GraphWidget({
    title: 'Throttled',
    width: 12,
    left: [
      new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        statistic: 'Sum',
        period: FIVE_MINUTES,
        label: 'functions',
      }),
      ...machines.map((machine) =>
        new WorkflowMetrics(scope, machine).throttled(FIVE_MINUTES).with({ label: machine.name }),
      ),
      ...shown.map(({ stack, service }: Shown) =>
        search(
          `{AWS/DynamoDB,TableName} MetricName=("ReadThrottleEvents" OR "WriteThrottleEvents") ${searchWords(stack)}`,
          'Sum',
          service,
        ),
      ),
    ],
    leftYAxis: { min: 0, showUnits: false },
  });
}

function named(service: Service, metricName: string, label: string): IMetric {
  return serviceMetric(service, metricName, FIVE_MINUTES).with({ label });
}

/** All metrics whose dimension has these words: names of queues and tables are made by CloudFormation, and begin with the stack's. */
function search(terms: string, statistic: string, label: string): IMetric {
  return new MathExpression({
    expression: `SEARCH('${terms}', '${statistic}', 60)`,
    label,
    period: MINUTE,
    usingMetrics: {},
  });
}
