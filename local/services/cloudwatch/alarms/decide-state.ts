/**
 * Owns the decision on the state of an alarm from its data points: M of N, missing data, premature alarms, percentiles of too few
 * values. Pure. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
import type { StateValue } from '../model';
import type { AlarmSettings } from './alarm-settings';
import type { Datapoint } from './datapoints';

/** What an evaluation came to. */
export interface Decision {
  /** Absent: the alarm keeps the state that it has. */
  readonly value?: StateValue;
  /** The data points that it was decided on, the oldest first. */
  readonly evaluated: readonly Datapoint[];
  /** How many missing data points were filled in. */
  readonly filled: number;
}

const COMPARE: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** Whether a value is on the wrong side of the threshold. */
export function isBreaching({ comparison, threshold }: AlarmSettings, value: number): boolean {
  return COMPARE[comparison]!(value, threshold);
}

/** Decides from the periods of the evaluation range, the latest last. */
export function decideState(points: readonly (Datapoint | undefined)[], settings: AlarmSettings): Decision {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = settings;
  const evaluated = latest(points, evaluationPeriods);
  const filled = evaluationPeriods - evaluated.length;
  if (evaluated.some((point) => hasTooFewValues(point, settings))) return { evaluated, filled: 0 };
  const breaching = evaluated.filter(({ value }) => isBreaching(settings, value)).length;
  const decide = (value: StateValue | undefined): Decision => ({ value, evaluated, filled });
  if (breaching >= datapointsToAlarm) return decide('ALARM');
  if (filled === 0) return decide('OK');
  if (treatMissingData === 'breaching') return decide(breaching + filled >= datapointsToAlarm ? 'ALARM' : 'OK');
  if (treatMissingData === 'notBreaching' || breaching < evaluated.length) return decide('OK');
  if (treatMissingData === 'ignore') return decide(undefined);
  if (evaluated.length === 0) return decide('INSUFFICIENT_DATA');
  // Of what there is, all is breaching: an alarm once it is as old as M periods, since the next may be better.
  const age = points.length - points.indexOf(evaluated[0]);
  return decide(age >= datapointsToAlarm ? 'ALARM' : undefined);
}

function latest(points: readonly (Datapoint | undefined)[], most: number): Datapoint[] {
  const found: Datapoint[] = [];
  for (let i = points.length - 1; i >= 0 && found.length < most; i--) {
    const point = points[i];
    if (point) found.unshift(point);
  }
  return found;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html */
function hasTooFewValues({ samples }: Datapoint, { significantPercentile }: AlarmSettings): boolean {
  if (significantPercentile === undefined || samples === undefined) return false;
  const part = significantPercentile / 100;
  return samples < Math.round(10 / (part >= 0.5 ? 1 - part : part));
}
