import { readAlarmSettings } from '../../../local/services/cloudwatch/alarms/alarm-settings';
import type { Datapoint } from '../../../local/services/cloudwatch/alarms/datapoints';
import { decideState } from '../../../local/services/cloudwatch/alarms/decide-state';
import { stateReason } from '../../../local/services/cloudwatch/alarms/state-reason';

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

const settingsOf = (properties: object) =>
  readAlarmSettings({
    ...{ Namespace: 'Test', MetricName: 'm', Statistic: 'Sum', Period: 60, EvaluationPeriods: 3 },
    ...{ Threshold: 5, ComparisonOperator: 'GreaterThanThreshold' },
    ...properties,
  });

/** `X` is breaching, `O` is not, `-` is missing; the latest last. */
const pointsOf = (text: string, samples = 1): (Datapoint | undefined)[] =>
  [...text].map((sign, index) =>
    sign === '-' ? undefined : { at: index * 60, value: sign === 'X' ? 10 : 1, samples },
  );

const statesOf = (text: string, DatapointsToAlarm: number) =>
  TREATMENTS.map((TreatMissingData) => {
    const settings = settingsOf({ DatapointsToAlarm, TreatMissingData });
    return decideState(pointsOf(text), settings).value ?? 'retained';
  });

describe('the state of an alarm of 3 periods', () => {
  it.each<[string, string, string[]]>([
    ['three data points, not all breaching', 'O-X-X', ['OK', 'OK', 'OK', 'OK']],
    ['one good data point', '----O', ['OK', 'OK', 'OK', 'OK']],
    ['nothing', '-----', ['INSUFFICIENT_DATA', 'retained', 'ALARM', 'OK']],
    ['three breaching ones, one missing between', 'OXX-X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['one breaching one, old enough', '--X--', ['ALARM', 'retained', 'ALARM', 'OK']],
    ['one breaching one, not yet old enough', '---X-', ['retained', 'retained', 'ALARM', 'OK']],
    ['one breaching one, just come', '----X', ['retained', 'retained', 'ALARM', 'OK']],
  ])('is by 3 of 3, of %s', (_, points, states) => {
    expect(statesOf(points, 3)).toEqual(states);
  });

  it.each<[string, string, string[]]>([
    ['two of three breaching', 'O-X-X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['two of the last three breaching', 'OOXOX', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['one good, one breaching', 'O-X--', ['OK', 'OK', 'ALARM', 'OK']],
    ['one good data point', '----O', ['OK', 'OK', 'ALARM', 'OK']],
    ['one breaching one, old enough', '---X-', ['ALARM', 'retained', 'ALARM', 'OK']],
  ])('is by 2 of 3, of %s', (_, points, states) => {
    expect(statesOf(points, 2)).toEqual(states);
  });
});

describe('a comparison', () => {
  it.each<[string, number, boolean]>([
    ['GreaterThanThreshold', 5, false],
    ['GreaterThanOrEqualToThreshold', 5, true],
    ['LessThanThreshold', 5, false],
    ['LessThanOrEqualToThreshold', 5, true],
    ['LessThanThreshold', 4, true],
    ['GreaterThanThreshold', 6, true],
  ])('%s finds %d breaching: %s', (ComparisonOperator, value, isBreaching) => {
    const settings = settingsOf({ ComparisonOperator, EvaluationPeriods: 1 });
    expect(decideState([{ at: 0, value }], settings).value).toBe(isBreaching ? 'ALARM' : 'OK');
  });
});

describe('a percentile of few values', () => {
  const decide = (samples: number, ExtendedStatistic: string, EvaluateLowSampleCountPercentile?: string) => {
    const properties = { Statistic: undefined, ExtendedStatistic, EvaluateLowSampleCountPercentile };
    return decideState(pointsOf('XXX', samples), settingsOf(properties)).value;
  };

  it('keeps the state below 10 / (1 - percentile) values, when it is to', () => {
    expect([decide(999, 'p99', 'ignore'), decide(1000, 'p99', 'ignore')]).toEqual([undefined, 'ALARM']);
    expect([decide(99, 'p10', 'ignore'), decide(100, 'p10', 'ignore')]).toEqual([undefined, 'ALARM']);
  });

  it('is evaluated all the same otherwise', () => {
    expect([decide(1, 'p99'), decide(1, 'p99', 'evaluate')]).toEqual(['ALARM', 'ALARM']);
  });
});

describe('missing data of DynamoDB', () => {
  it.each<[string, object, string | undefined]>([
    ['keeps the state', {}, undefined],
    ['is treated as the alarm says', { TreatMissingData: 'notBreaching' }, 'OK'],
  ])('%s', (_, properties, state) => {
    const settings = settingsOf({ Namespace: 'AWS/DynamoDB', ...properties });
    expect(decideState(pointsOf('-----'), settings).value).toBe(state);
  });
});

describe('the reason', () => {
  it.each<[string, string, object, string]>([
    [
      'an alarm',
      'OXOXX',
      { DatapointsToAlarm: 2 },
      'Threshold Crossed: 2 out of the last 3 datapoints [10.0 (01/01/70 00:04:00), 10.0 (01/01/70 00:03:00)] were greater ' +
        'than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition).',
    ],
    [
      'a return',
      'XXXXO',
      { EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 5.5 },
      'Threshold Crossed: 1 out of the last 1 datapoints [1.0 (01/01/70 00:04:00)] was not greater than or equal to the ' +
        'threshold (5.5) (minimum 1 datapoint for ALARM -> OK transition).',
    ],
    [
      'missing data',
      '-----',
      { EvaluationPeriods: 1, TreatMissingData: 'notBreaching' },
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
    ],
    ['no data', '-----', {}, 'Insufficient Data: 3 datapoints were unknown.'],
  ])('of %s is worded as by AWS', (_, points, properties, reason) => {
    const settings = settingsOf(properties);
    expect(stateReason(decideState(pointsOf(points), settings), settings)).toBe(reason);
  });
});
