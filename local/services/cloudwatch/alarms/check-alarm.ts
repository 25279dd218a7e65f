/** Owns what PutMetricAlarm refuses: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
import { invalidParameterCombination, missingParameter, validationError } from '../faults';
import { type MetricDataQuery, QuerySet } from '../metric-math/queries';
import { MathError, type Value } from '../metric-math/values';
import { checkPeriod, statisticOf } from '../statistic';
import { readAlarmSettings, returnsData } from './alarm-settings';

const COMPARISONS = [
  ...['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'],
];
const TREATMENTS = ['breaching', 'notBreaching', 'ignore', 'missing'];
const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;
const NOT_EMULATED = ['ThresholdMetricId', 'EvaluationWindow', 'WarmUpConfiguration', 'EvaluationCriteria'];
const MOST_ACTIONS = 5;

/** Throws what AWS answers for the properties of an alarm that it does not take. */
export function checkAlarm(properties: Readonly<Record<string, any>>): void {
  for (const member of ['ComparisonOperator', 'EvaluationPeriods']) {
    if (properties[member] === undefined) throw missingParameter(member);
  }
  for (const member of NOT_EMULATED) {
    if (properties[member] !== undefined) throw validationError(`${member} is not emulated.`);
  }
  if (!COMPARISONS.includes(properties.ComparisonOperator)) {
    throw validationError(
      `The comparison ${properties.ComparisonOperator} needs anomaly detection, which is not emulated.`,
    );
  }
  if (Boolean(properties.MetricName) === Boolean(properties.Metrics)) {
    throw invalidParameterCombination('An alarm needs either MetricName or Metrics.');
  }
  if (properties.Threshold === undefined) throw missingParameter('Threshold');
  if (properties.TreatMissingData !== undefined && !TREATMENTS.includes(properties.TreatMissingData)) {
    throw validationError(
      `Value '${properties.TreatMissingData}' of TreatMissingData must be one of ${TREATMENTS.join(', ')}`,
    );
  }
  checkActions(properties);
  if (properties.Metrics) checkQueries(properties.Metrics);
  else checkMetric(properties);
  checkPeriods(properties);
}

/** At most five actions for each state. */
export function checkActions(properties: Readonly<Record<string, any>>): void {
  for (const member of ['OKActions', 'AlarmActions', 'InsufficientDataActions']) {
    const actions: unknown = properties[member] ?? [];
    if (!Array.isArray(actions) || actions.length > MOST_ACTIONS) {
      throw validationError(`The collection ${member} must not have a size greater than ${MOST_ACTIONS}.`);
    }
  }
}

function checkMetric(properties: Readonly<Record<string, any>>): void {
  const { Namespace, Period, Statistic, ExtendedStatistic, EvaluateLowSampleCountPercentile } = properties;
  if (!Namespace) throw missingParameter('Namespace');
  if (Period === undefined || Period === null) throw validationError('Period must not be null');
  checkAlarmPeriod(Period);
  if (Boolean(Statistic) === Boolean(ExtendedStatistic)) {
    throw invalidParameterCombination('An alarm needs either Statistic or ExtendedStatistic.');
  }
  statisticOf(Statistic ?? ExtendedStatistic);
  if (EvaluateLowSampleCountPercentile !== undefined) {
    if (!['evaluate', 'ignore'].includes(EvaluateLowSampleCountPercentile)) {
      throw validationError('EvaluateLowSampleCountPercentile must be evaluate or ignore.');
    }
    if (!ExtendedStatistic) {
      throw invalidParameterCombination('EvaluateLowSampleCountPercentile goes with an ExtendedStatistic alone.');
    }
  }
}

function checkQueries(queries: readonly MetricDataQuery[]): void {
  if (queries.filter(returnsData).length !== 1) {
    throw validationError('Exactly one element of the metrics list should return data.');
  }
  for (const { Id, Expression, MetricStat } of queries) {
    if (!/^[a-z]\w*$/.test(Id ?? ''))
      throw validationError(`The Id of a query must begin with a lowercase letter: ${Id}`);
    if (Boolean(Expression) === Boolean(MetricStat)) {
      throw validationError(`The query ${Id} must have either MetricStat or Expression.`);
    }
    if (MetricStat) {
      statisticOf(MetricStat.Stat);
      checkAlarmPeriod(MetricStat.Period);
    } else checkExpression(Id, Expression!);
  }
  if (!queries.some(({ MetricStat }) => MetricStat)) throw validationError('An expression needs at least one metric.');
  checkResult(queries);
}

function checkExpression(id: string, expression: string): void {
  const refuse = (what: string) => validationError(`Error in expression '${id}': ${what}`);
  if (/\bSEARCH\s*\(/.test(expression)) throw refuse('SEARCH is not supported on Metric Alarms.');
  if (/\bANOMALY_DETECTION_BAND\s*\(/.test(expression)) throw refuse('ANOMALY_DETECTION_BAND is not emulated.');
  if (/^\s*SELECT\b/i.test(expression)) throw refuse('queries of Metrics Insights are not emulated.');
}

/** Evaluates the queries without data: what they yield is known then, a time series or something else. */
function checkResult(queries: readonly MetricDataQuery[]): void {
  const set = new QuerySet(queries, 60);
  for (const query of queries) {
    let value: Value;
    try {
      value = set.evaluate(query.Id, () => new Map(), []);
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
      throw validationError(`Error in expression '${query.Id}': ${error.message}`);
    }
    if (returnsData(query) && !(value instanceof Map)) {
      throw validationError(`Error in expression '${query.Id}': The expression must return a single time series.`);
    }
  }
}

function checkAlarmPeriod(period: unknown): void {
  if (checkPeriod(period) < 10) {
    throw validationError('The Period of an alarm must be 10, 20, 30 or a multiple of 60 (seconds).');
  }
}

function checkPeriods(properties: Readonly<Record<string, any>>): void {
  const { evaluationPeriods, datapointsToAlarm, periodSeconds } = readAlarmSettings(properties);
  if (!Number.isInteger(evaluationPeriods) || evaluationPeriods < 1) {
    throw validationError('EvaluationPeriods must be a whole number of at least 1.');
  }
  if (!Number.isInteger(datapointsToAlarm) || datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) {
    throw validationError('DatapointsToAlarm must be between 1 and EvaluationPeriods.');
  }
  const total = evaluationPeriods * periodSeconds;
  if (periodSeconds < 3600 && total > DAY_SECONDS) {
    throw validationError(
      'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).',
    );
  }
  if (total > WEEK_SECONDS) {
    throw validationError(
      'Metrics cannot be checked across more than 7 days (EvaluationPeriods * Period must be <= 604800).',
    );
  }
}
