import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  DashboardVariable,
  DefaultValue,
  GraphWidget,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  TextWidget,
  VariableInputType,
  VariableType,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Workflow } from '../../constructs/workflow';
import { WorkflowMetrics } from '../workflow-metrics';
import { consoleLink, type DashboardProps, dashboardName, functionLogGroups, type Shown, searchWords } from './watched';

const FIVE_MINUTES = Duration.minutes(5);

/** What the dashboard's input takes the place of in its queries. */
const CORRELATION_ID = 'CORRELATION_ID';

/** For whoever looks for the cause: each machine, each function, and the way of one request through traces and logs. */
export class DebugDashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const machines = props.shown.flatMap(({ workflows }) => workflows);
    new Dashboard(this, 'Dashboard', {
      dashboardName: dashboardName(props, 'debug'),
      defaultInterval: Duration.hours(3),
      variables: [
        new DashboardVariable({
          id: 'correlation',
          type: VariableType.PATTERN,
          inputType: VariableInputType.INPUT,
          value: CORRELATION_ID,
          label: 'Correlation id',
          defaultValue: DefaultValue.value(CORRELATION_ID),
          visible: true,
        }),
      ],
      widgets: [
        [this.heading(props)],
        ...props.shown.map((shown) => [oneRequest(shown)]),
        ...machines.map((machine) => this.machine(machine, props)),
        ...props.shown.map((shown) => functions(shown)),
        ...props.shown.map((shown) => [failures(shown)]),
      ],
    });
  }

  private heading(props: DashboardProps): IWidget {
    const traces = consoleLink(this, 'xray:traces/query');
    const map = consoleLink(this, 'xray:service-map/map');
    const onCall = consoleLink(this, `dashboards:name=${dashboardName(props, 'on-call')}`);
    return new TextWidget({
      width: 24,
      height: 4,
      markdown:
        `# Debug, ${props.settings.name}\nType the correlation id of an order, request or document above: the first queries then show its way through all ` +
        `functions. It is in each log line, in the answer of \`POST /orders\`, and in the events.\n\nTraces: [by query](${traces}), ` +
        `for instance \`annotation.correlationId = "…"\` or \`service(id(name: "…", type: "AWS::StepFunctions::StateMachine"))\`; ` +
        `[the map](${map}). What rings: [on call](${onCall}).`,
    });
  }

  private machine(machine: Workflow, { prices }: DashboardProps): IWidget[] {
    const metrics = new WorkflowMetrics(this, machine);
    const log = encodeURIComponent(encodeURIComponent(`/aws/vendedlogs/states/${machine.name}`)).replaceAll('%', '$');
    return [
      new GraphWidget({
        title: machine.name,
        width: 8,
        left: [
          metrics.counted('StatesEntered', FIVE_MINUTES).with({ label: 'states' }),
          metrics.counted('TasksScheduled', FIVE_MINUTES).with({ label: 'tasks' }),
          metrics.counted('TasksFailed', FIVE_MINUTES).with({ label: 'failed tasks' }),
          metrics.retries(FIVE_MINUTES).with({ label: 'retries' }),
          metrics.transitions(FIVE_MINUTES).with({ label: 'transitions' }),
        ],
        leftYAxis: { min: 0, showUnits: false },
      }),
      new GraphWidget({
        title: `${machine.name}: rates, per cent`,
        width: 8,
        left: [
          metrics.successRate(FIVE_MINUTES).with({ label: 'executions that succeed' }),
          metrics.taskFailureRate(FIVE_MINUTES).with({ label: 'attempts that fail' }),
          metrics.retryRate(FIVE_MINUTES).with({ label: 'attempts that are retries' }),
        ],
        leftYAxis: { min: 0, max: 100, showUnits: false },
      }),
      new GraphWidget({
        title: `${machine.name}: milliseconds, and dollars of Step Functions per execution`,
        width: 8,
        left: [metrics.latency('p50', FIVE_MINUTES), metrics.latency('p95', FIVE_MINUTES)],
        right: [metrics.costPerExecution(prices, Duration.hours(1)).with({ label: 'dollars' })],
        leftYAxis: { min: 0, showUnits: false },
        rightYAxis: { min: 0, showUnits: false },
      }),
      new TextWidget({
        width: 24,
        height: 1,
        markdown: `${machine.name}: [log](${consoleLink(this, `logsV2:log-groups/log-group/${log}`)})`,
      }),
    ];
  }
}

/** Lines of one request, in the order in which they were written. */
function oneRequest({ service, stack }: Shown): IWidget {
  return new LogQueryWidget({
    title: `${service}: one request`,
    width: 24,
    height: 6,
    logGroupNames: functionLogGroups(stack),
    view: LogQueryVisualizationType.TABLE,
    queryLines: [
      'fields @timestamp, service, function_name, level, message, errorName, xray_trace_id',
      `filter correlationId = "${CORRELATION_ID}"`,
      'sort @timestamp asc',
      'limit 200',
    ],
  });
}

/** What failed, by function and name. */
function failures({ service, stack }: Shown): IWidget {
  return new LogQueryWidget({
    title: `${service}: what fails`,
    width: 24,
    height: 6,
    logGroupNames: functionLogGroups(stack),
    view: LogQueryVisualizationType.TABLE,
    queryLines: [
      'filter level in ["ERROR", "WARN"]',
      'stats count(*) as lines by function_name, errorName, message',
      'sort lines desc',
      'limit 50',
    ],
  });
}

function functions({ service, stack }: Shown): IWidget[] {
  const search = (metricName: string, statistic: string) =>
    new MathExpression({
      expression: `SEARCH('{AWS/Lambda,FunctionName} MetricName="${metricName}" ${searchWords(stack)}', '${statistic}', 300)`,
      label: '',
      period: FIVE_MINUTES,
      usingMetrics: {},
    });
  const widget = (title: string, metricName: string, statistic: string) =>
    new GraphWidget({
      title: `${service}: ${title}`,
      width: 8,
      left: [search(metricName, statistic)],
      leftYAxis: { min: 0, showUnits: false },
    });
  return [
    widget('milliseconds of functions, p95', 'Duration', 'p95'),
    widget('errors of functions', 'Errors', 'Sum'),
    widget('functions that run at once', 'ConcurrentExecutions', 'Maximum'),
  ];
}
