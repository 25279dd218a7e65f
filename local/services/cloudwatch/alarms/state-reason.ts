/** Owns the words in which an evaluation is explained, and the data that go with them: both as AWS writes them. */
import { type AlarmSettings, evaluationRange } from './alarm-settings';
import type { Datapoint } from './datapoints';
import { type Decision, isBreaching } from './decide-state';

const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

/** Why the alarm is in the state that was decided. */
export function stateReason(decision: Decision, settings: AlarmSettings): string {
  const { evaluationPeriods, datapointsToAlarm } = settings;
  const { value, evaluated, filled } = decision;
  if (value === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${counted(evaluationPeriods, 'datapoint')} ${were(evaluationPeriods)} unknown.`;
  }
  const missing = filled > 0 ? treated(filled, settings) : undefined;
  if (evaluated.length === 0) {
    const periods = counted(evaluationPeriods, 'period');
    return `Threshold Crossed: no datapoints were received for ${periods} and ${missing}.`;
  }
  const isAlarm = value === 'ALARM';
  const shown = evaluated.filter((point) => isBreaching(settings, point.value) === isAlarm);
  const needed = isAlarm ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  const values = [...shown].reverse().map(withTime).join(', ');
  return (
    `Threshold Crossed: ${shown.length} out of the last ${evaluationPeriods} datapoints [${values}] ` +
    `${were(shown.length)} ${isAlarm ? '' : 'not '}${COMPARISONS[settings.comparison]} the threshold ` +
    `(${asDouble(settings.threshold)})${missing ? ` and ${missing}` : ''} ` +
    `(minimum ${counted(needed, 'datapoint')} for ${isAlarm ? 'OK -> ALARM' : 'ALARM -> OK'} transition).`
  );
}

/** StateReasonData: JSON. */
export function stateReasonData({ evaluated }: Decision, settings: AlarmSettings, endSeconds: number): string {
  const { watched, periodSeconds, threshold } = settings;
  const startSeconds = evaluated[0]?.at ?? endSeconds - evaluationRange(settings) * periodSeconds;
  return JSON.stringify({
    version: '1.0',
    queryDate: timestamp(endSeconds * 1000),
    startDate: timestamp(startSeconds * 1000),
    ...(watched.kind === 'metric' && { statistic: watched.statistic }),
    period: periodSeconds,
    recentDatapoints: evaluated.map(({ value }) => value),
    threshold,
    evaluatedDatapoints: [...evaluated].reverse().map(({ at, samples, value }) => ({
      timestamp: timestamp(at * 1000),
      ...(samples !== undefined && { sampleCount: samples }),
      value,
    })),
  });
}

/** `2026-01-31T12:00:00.000+0000` */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}

function treated(count: number, { treatMissingData }: AlarmSettings): string | undefined {
  const as = { breaching: 'Breaching', notBreaching: 'NonBreaching', ignore: undefined, missing: undefined }[
    treatMissingData
  ];
  return as && `${counted(count, 'missing datapoint')} ${count === 1 ? 'was' : 'were'} treated as [${as}]`;
}

function withTime({ at, value }: Datapoint): string {
  const [date, time] = new Date(at * 1000).toISOString().split(/T|\./);
  const [year, month, day] = date!.split('-');
  return `${asDouble(value)} (${day}/${month}/${year!.slice(2)} ${time})`;
}

/** A number as Java prints a double. */
function asDouble(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) < 1e7) {
    return Number.isInteger(value) ? value.toFixed(1) : String(value);
  }
  const [digits, exponent] = value.toExponential().split('e+');
  return `${digits!.includes('.') ? digits : `${digits}.0`}E${exponent}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}
