/** What CloudFormation and CloudWatch refuse of alarms when they are deployed, and no synth sees. */

/** A template, as far as alarms are concerned. */
export interface AlarmTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: any }>>;
}

const MOST_METRICS = 10;
const MOST_QUERIES = 20;
const MOST_CHILDREN = 100;
const MOST_RULE_CHARACTERS = 10_240;
const MOST_ACTIONS = 5;
const MOST_RESOURCES = 500;
const DAY_SECONDS = 86_400;

const ofType = ({ Resources }: AlarmTemplate, type: string) =>
  Object.entries(Resources).filter(([, resource]) => resource.Type === type);

/** The metric alarms of a template. */
export const metricAlarms = (template: AlarmTemplate) => ofType(template, 'AWS::CloudWatch::Alarm');

/** The composite alarms of a template. */
export const compositeAlarms = (template: AlarmTemplate) => ofType(template, 'AWS::CloudWatch::CompositeAlarm');

/** The metrics that an alarm reads, each with its period. */
export function metricsOf({ Metrics, ...alarm }: any): { Namespace: string; MetricName: string; Period: number }[] {
  if (!Metrics) return [alarm];
  return Metrics.filter((query: any) => query.MetricStat).map(({ MetricStat }: any) => ({
    ...MetricStat.Metric,
    Period: MetricStat.Period,
  }));
}

/** What is wrong with the alarms of a template, one line for each. Limits: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export function alarmFindings(template: AlarmTemplate): string[] {
  return [
    ...metricAlarms(template).flatMap(([id, { Properties }]) => metricFindings(id, Properties)),
    ...compositeAlarms(template).flatMap(([id, { Properties }]) => compositeFindings(id, Properties)),
    ...[...metricAlarms(template), ...compositeAlarms(template)].flatMap(([id, { Properties }]) =>
      textFindings(id, Properties),
    ),
    ...(Object.keys(template.Resources).length > MOST_RESOURCES ? ['the stack has too many resources'] : []),
  ];
}

function metricFindings(id: string, properties: any): string[] {
  const { Metrics = [], EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = properties;
  const metrics = metricsOf(properties);
  const periods = [...new Set(metrics.map(({ Period }) => Period))];
  const seconds = Math.max(...periods) * EvaluationPeriods;
  const found = [
    [metrics.length > MOST_METRICS, `reads ${metrics.length} metrics`],
    [metrics.length === 0, 'reads no metric'],
    [Metrics.length > MOST_QUERIES, `has ${Metrics.length} queries`],
    [
      Metrics.length > 0 && Metrics.filter((query: any) => query.ReturnData !== false).length !== 1,
      'returns not one result',
    ],
    [periods.length !== 1, `mixes the periods ${periods}`],
    [periods.some((period) => period % 60 !== 0), `has the period ${periods}`],
    [DatapointsToAlarm > EvaluationPeriods, 'needs more datapoints than it has'],
    [seconds > 7 * DAY_SECONDS, `looks back ${seconds} s`],
    [
      periods.some((period) => period < 3600) && seconds > DAY_SECONDS,
      `looks back ${seconds} s by periods below an hour`,
    ],
    [Metrics.some(({ Expression = '' }) => /SEARCH|METRICS\(/.test(Expression)), 'searches for metrics'],
  ] as const;
  return found.filter(([isWrong]) => isWrong).map(([, what]) => `${id} ${what}`);
}

function compositeFindings(id: string, { AlarmRule, ActionsSuppressor, ActionsSuppressorWaitPeriod }: any): string[] {
  const rule = JSON.stringify(AlarmRule);
  const children = rule.match(/ALARM\(/g)?.length ?? 0;
  const found = [
    [children < 1 || children > MOST_CHILDREN, `has ${children} children`],
    [rule.length > MOST_RULE_CHARACTERS, `has a rule of ${rule.length} characters`],
    [
      ActionsSuppressor !== undefined && ActionsSuppressorWaitPeriod === undefined,
      'has a suppressor and does not wait for it',
    ],
  ] as const;
  return found.filter(([isWrong]) => isWrong).map(([, what]) => `${id} ${what}`);
}

function textFindings(
  id: string,
  { AlarmName, AlarmDescription = '', AlarmActions = [], OKActions = [] }: any,
): string[] {
  const found = [
    [typeof AlarmName === 'string' && AlarmName.length > 255, 'has too long a name'],
    [AlarmDescription.length > 1024, 'has too long a description'],
    [AlarmActions.length > MOST_ACTIONS || OKActions.length > MOST_ACTIONS, 'has too many actions'],
  ] as const;
  return found.filter(([isWrong]) => isWrong).map(([, what]) => `${id} ${what}`);
}
