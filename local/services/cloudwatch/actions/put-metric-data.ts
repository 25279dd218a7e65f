import { readDimensions, readTime } from '../api-values';
import { type ActionFactory, anyAccess } from '../cloudwatch-parts';
import { invalidParameterCombination, invalidParameterValue, missingParameter } from '../faults';
import { addValue, emptyBucket, histogramOf, mergeBucket } from '../histogram';
import type { Bucket } from '../model';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const MAX_DATA = 1000;
const DAY_MS = 86_400_000;

interface Datum {
  readonly MetricName?: string;
  readonly Dimensions?: { Name: string; Value: string }[];
  readonly Timestamp?: unknown;
  readonly Value?: number;
  readonly Values?: number[];
  readonly Counts?: number[];
  readonly StatisticValues?: { SampleCount: number; Sum: number; Minimum: number; Maximum: number };
  readonly Unit?: string;
  readonly StorageResolution?: number;
}

/** Adds values to metrics; nothing of a request with a fault is taken. */
export const putMetricData: ActionFactory = ({ store, host }) => ({
  access: anyAccess('PutMetricData', (input) => ({ 'cloudwatch:namespace': String(input.Namespace) })),
  handle({ Namespace, MetricData = [] }: { Namespace?: string; MetricData?: Datum[] }) {
    if (!Namespace) throw missingParameter('Namespace');
    if (Namespace.startsWith('AWS/')) {
      throw invalidParameterValue('The value AWS/ for parameter Namespace is invalid.');
    }
    if (MetricData.length > MAX_DATA) {
      throw invalidParameterValue(`The collection MetricData must not have a size greater than ${MAX_DATA}.`);
    }
    const nowMs = host.kernel.clock.now();
    const accepted = MetricData.map((datum, i) => readDatum(datum, `MetricData.member.${i + 1}`, nowMs));
    for (const { name, dimensions, timestampMs, unit, change, isHighResolution } of accepted) {
      store.add({ namespace: Namespace, name, dimensions }, { timestampMs, nowMs }, unit, change, isHighResolution);
    }
    store.writeChanges();
  },
});

function readDatum(datum: Datum, path: string, nowMs: number) {
  if (!datum.MetricName) throw missingParameter(`${path}.MetricName`);
  if ((datum.Dimensions?.length ?? 0) > 30) {
    throw invalidParameterValue(`The collection ${path}.Dimensions must not have a size greater than 30.`);
  }
  const timestampMs = datum.Timestamp === undefined ? nowMs : readTime(`${path}.Timestamp`, datum.Timestamp);
  if (timestampMs < nowMs - 14 * DAY_MS || timestampMs > nowMs + DAY_MS / 12) {
    throw invalidParameterValue(
      `The parameter ${path}.Timestamp must specify a time no more than two hours in the future and two weeks in the past.`,
    );
  }
  return {
    name: datum.MetricName,
    dimensions: readDimensions(datum.Dimensions),
    timestampMs,
    unit: datum.Unit ?? 'None',
    change: changeOf(datum, path),
    isHighResolution: datum.StorageResolution === 1,
  };
}

function changeOf({ Value, Values, Counts, StatisticValues }: Datum, path: string): (bucket: Bucket) => void {
  if ([Value, Values, StatisticValues].filter((given) => given !== undefined).length !== 1) {
    throw invalidParameterCombination(
      `At least one of the parameters ${path}.Value, ${path}.Values and ${path}.StatisticValues must be specified, and only one.`,
    );
  }
  if (StatisticValues) return mergeStatistics(StatisticValues);
  const values = Values ?? [Value!];
  if (values.length > 150)
    throw invalidParameterValue(`The collection ${path}.Values must not have a size greater than 150.`);
  if (Counts && Counts.length !== values.length) {
    throw invalidParameterCombination(`The collections ${path}.Values and ${path}.Counts must have the same size.`);
  }
  if (values.some((value) => typeof value !== 'number' || !Number.isFinite(value))) {
    throw invalidParameterValue(`The value of ${path} must be a number.`);
  }
  return (bucket) => {
    values.forEach((value, i) => {
      addValue(bucket, value, Counts?.[i] ?? 1);
    });
  };
}

/** Of a statistic set, the single values are not known: percentiles see it at its average. */
function mergeStatistics({ SampleCount, Sum, Minimum, Maximum }: NonNullable<Datum['StatisticValues']>) {
  return (bucket: Bucket) => {
    const values = emptyBucket();
    addValue(values, Sum / SampleCount, SampleCount);
    if (Minimum !== Maximum) histogramOf(values);
    mergeBucket(bucket, { ...values, sum: Sum, min: Minimum, max: Maximum });
  };
}
