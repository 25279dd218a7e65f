import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { StageSettings } from '../../stages/stage-settings';
import { mathOf } from '../math';
import { ends, SERVICES, type Service, serviceMetric, successRate } from '../service-metrics';
import { consoleLink, type DashboardProps, dashboardName } from './watched';

const HOUR = Duration.hours(1);
const DAY = Duration.days(1);

/** For whoever answers for the service: does it keep its promises, is the money right, how much is it used, what does it cost. */
export class ExecutiveDashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { settings } = props;
    new Dashboard(this, 'Dashboard', {
      dashboardName: dashboardName(props, 'executive'),
      defaultInterval: Duration.days(7),
      widgets: [
        [heading(this, props)],
        [successOf(settings), budgets()],
        [volume(), latencies(settings)],
        [money(), approvals(settings)],
        [costs(settings), costOfMonth(settings)],
      ],
    });
  }
}

function heading(scope: Construct, props: DashboardProps): IWidget {
  const to = (purpose: 'on-call' | 'debug') =>
    `[${purpose}](${consoleLink(scope, `dashboards:name=${dashboardName(props, purpose)}`)})`;
  return new TextWidget({
    width: 24,
    height: 2,
    markdown: `# Stepwright, ${props.settings.name}\nDo the workflows keep their promises? Further: ${to('on-call')}, ${to('debug')}.`,
  });
}

function successOf({ slo }: StageSettings): IWidget {
  const objectives = [slo.orders, slo.approvals, slo.ingestion, slo.fanOut, slo.quotes].map(
    ({ objective }) => objective,
  );
  return graph('Ended well, per cent of an hour', (service) => successRate(service, HOUR), {
    leftYAxis: { max: 100 },
    leftAnnotations: [...new Set(objectives)].map((value) => ({ value, label: `objective ${value}` })),
  });
}

function budgets(): IWidget {
  return graph(
    'Error budget of 30 days that is left (1 is whole, 0 is spent)',
    (service) => named(service, 'ErrorBudgetRemaining', HOUR, 'Minimum'),
    {
      leftAnnotations: [{ value: 0, label: 'spent' }],
    },
  );
}

function volume(): IWidget {
  return graph('Ends an hour', (service) => ends(service, HOUR));
}

function latencies({ slo }: StageSettings): IWidget {
  const timed: [Service, number][] = [
    ['orders', slo.orders.p95Seconds],
    ['ingestion', slo.ingestion.p95Seconds],
    ['fan-out', slo.fanOut.p95Seconds],
    ['quotes', slo.quotes.p95Seconds],
  ];
  const of = (statistic: string) =>
    timed.map(([service, promise]) =>
      named(service, 'EndToEndSeconds', HOUR, statistic, `${service} ${statistic} (promised ${promise} s)`),
    );
  return new GraphWidget({
    title: 'Seconds from end to end',
    width: 12,
    left: [...of('p50'), ...of('p95')],
    leftYAxis: { min: 0, showUnits: false },
  });
}

function money(): IWidget {
  return new GraphWidget({
    title: 'Money and repair of orders',
    width: 12,
    left: [
      named('orders', 'MoneyMismatch', DAY, 'Sum', 'charges that do not agree'),
      named('orders', 'OrphansFound', DAY, 'Sum', 'orders found by reconciliation'),
    ],
    right: [
      named('orders', 'StartToDetectSeconds', DAY, 'p95', 'seconds from start to the failure, p95'),
      named('orders', 'TimeToRecoverSeconds', DAY, 'p95', 'seconds from the failure to the last undo, p95'),
    ],
    leftYAxis: { min: 0, showUnits: false },
    rightYAxis: { min: 0, showUnits: false },
  });
}

function approvals({ alarms }: StageSettings): IWidget {
  return new GraphWidget({
    title: 'Seconds until a person decides',
    width: 12,
    left: [
      named('approvals', 'ApprovalTurnaroundSeconds', DAY, 'p50', 'median'),
      named('approvals', 'ApprovalTurnaroundSeconds', DAY, 'p95', 'p95'),
      named('approvals', 'PendingApprovalAgeSeconds', HOUR, 'Maximum', 'oldest that waits'),
    ],
    leftAnnotations: [{ value: alarms.unansweredApprovalSeconds, label: 'somebody is asked why' }],
    leftYAxis: { min: 0, showUnits: false },
  });
}

function costs({ alarms, monthlyBudgetDollars }: StageSettings): IWidget {
  return graph('Dollars an hour, at list prices', (service) => named(service, 'HourCostDollars', HOUR, 'Maximum'), {
    leftAnnotations: [{ value: (alarms.runawayFactor * monthlyBudgetDollars) / 730, label: 'runaway' }],
    stacked: true,
  });
}

function costOfMonth({ monthlyBudgetDollars }: StageSettings): IWidget {
  const sum = (metricName: string, label: string) => {
    const metrics = SERVICES.map(
      (service, index) => [`m${index}`, named(service, metricName, HOUR, 'Maximum')] as const,
    );
    return mathOf({
      about: metricName,
      expression: `SUM([${metrics.map(([key]) => key).join(', ')}])`,
      label,
      period: HOUR,
      usingMetrics: Object.fromEntries(metrics),
    });
  };
  const audit = mathOf({
    about: 'audit',
    expression: '100 * (1 - SUM([m0, m1, m2]) / SUM([s0, s1, s2]))',
    label: 'per cent of trails that are whole',
    period: HOUR,
    usingMetrics: Object.fromEntries(
      (['orders', 'approvals', 'ingestion'] as const).flatMap((service, index) => [
        [`m${index}`, named(service, 'AuditMissing', HOUR, 'Maximum')],
        [`s${index}`, named(service, 'AuditSampled', HOUR, 'Maximum')],
      ]),
    ),
  });
  return new SingleValueWidget({
    title: `The month, in dollars (budget ${monthlyBudgetDollars}), and the trail`,
    width: 12,
    height: 6,
    metrics: [sum('MonthToDateDollars', 'so far'), sum('MonthCostDollars', 'at this rate'), audit],
  });
}

function named(service: Service, metricName: string, period: Duration, statistic: string, label: string = service) {
  return serviceMetric(service, metricName, period, statistic).with({ label });
}

function graph(title: string, of: (service: Service) => IMetric, more: object = {}): IWidget {
  return new GraphWidget({
    title,
    width: 12,
    left: SERVICES.map(of),
    leftYAxis: { min: 0, showUnits: false },
    ...more,
  });
}
