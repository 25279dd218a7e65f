import { checkDestination } from '../asynchronous/destination';
import { invalidParameter, validationFailed } from '../faults';
import { readFunctionReference } from '../function-arn';
import type { EventSourceMapping } from '../model';
import { readFilterPattern } from './filter-pattern';

/** An event source mapping as the API and CloudFormation describe it. */
export interface MappingSettings {
  readonly EventSourceArn?: string;
  readonly FunctionName?: string;
  readonly Enabled?: boolean;
  readonly BatchSize?: number;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly FilterCriteria?: { readonly Filters?: { readonly Pattern?: string }[] };
  readonly FunctionResponseTypes?: string[];
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: string } };
  readonly StartingPosition?: string;
  readonly BisectBatchOnFunctionError?: boolean;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumRecordAgeInSeconds?: number;
  readonly ParallelizationFactor?: number;
}

type Configuration = Omit<EventSourceMapping, 'UUID' | 'LastModifiedMs' | 'LastProcessingResult' | 'checkpoints'>;

/**
 * Settings checked and filled with Lambda's defaults (batches of 10 from a queue, 100 from a stream). Throws
 * ValidationException and InvalidParameterValueException.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export function readMapping(settings: MappingSettings): Configuration {
  const EventSourceArn = settings.EventSourceArn ?? '';
  const isQueue = /^arn:[a-z-]+:sqs:/.test(EventSourceArn);
  if (!isQueue && !/^arn:[a-z-]+:dynamodb:.+\/stream\//.test(EventSourceArn)) {
    throw invalidParameter(
      `Unrecognized event source, must be kinesis, dynamodb stream or sqs. Unsupported source arn: ${EventSourceArn} (the embedded AWS knows SQS queues and DynamoDB streams)`,
    );
  }
  const { functionName, qualifier } = readFunctionReference(settings.FunctionName);
  const isFifo = isQueue && EventSourceArn.endsWith('.fifo');
  const BatchSize = range('batchSize', settings.BatchSize ?? (isQueue ? 10 : 100), 1, isFifo ? 10 : 10_000);
  const MaximumBatchingWindowInSeconds = range(
    'maximumBatchingWindowInSeconds',
    settings.MaximumBatchingWindowInSeconds ?? 0,
    0,
    300,
  );
  if (isFifo && MaximumBatchingWindowInSeconds > 0) {
    throw invalidParameter('Batching window is not supported for FIFO queues');
  }
  if (isQueue && BatchSize > 10 && MaximumBatchingWindowInSeconds < 1) {
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  const filters = (settings.FilterCriteria?.Filters ?? []).map(({ Pattern = '' }) => Pattern);
  filters.forEach(readFilterPattern);
  const types = settings.FunctionResponseTypes ?? [];
  if (types.some((type) => type !== 'ReportBatchItemFailures')) {
    throw validationFailed(
      'functionResponseTypes',
      `[${types}]`,
      'Member must satisfy constraint: [Member must satisfy enum value set: [ReportBatchItemFailures]]',
    );
  }
  const common = {
    EventSourceArn,
    functionName,
    qualifier,
    Enabled: settings.Enabled ?? true,
    BatchSize,
    MaximumBatchingWindowInSeconds,
    filters,
    ReportBatchItemFailures: types.length > 0,
  };
  return { ...common, ...(isQueue ? readQueueMembers(settings) : readStreamMembers(settings)) };
}

function readQueueMembers(settings: MappingSettings) {
  refuse(settings, 'sqs', [
    'StartingPosition',
    'BisectBatchOnFunctionError',
    'MaximumRetryAttempts',
    'MaximumRecordAgeInSeconds',
    'ParallelizationFactor',
    'DestinationConfig',
  ]);
  const MaximumConcurrency = settings.ScalingConfig?.MaximumConcurrency;
  if (MaximumConcurrency !== undefined) range('scalingConfig.maximumConcurrency', MaximumConcurrency, 2, 1000);
  return {
    MaximumConcurrency,
    BisectBatchOnFunctionError: false,
    MaximumRetryAttempts: -1,
    MaximumRecordAgeInSeconds: -1,
    ParallelizationFactor: 1,
  };
}

function readStreamMembers(settings: MappingSettings) {
  refuse(settings, 'dynamodb', ['ScalingConfig']);
  const { StartingPosition } = settings;
  if (StartingPosition !== 'TRIM_HORIZON' && StartingPosition !== 'LATEST') {
    throw invalidParameter(
      StartingPosition === undefined
        ? '1 validation error detected: Value null at startingPosition failed to satisfy constraint: Member must not be null.'
        : 'Unsupported starting position for dynamodb event source.',
    );
  }
  const ParallelizationFactor = range('parallelizationFactor', settings.ParallelizationFactor ?? 1, 1, 10);
  if (ParallelizationFactor > 1) {
    throw invalidParameter('The embedded AWS reads a shard with a ParallelizationFactor of 1 only.');
  }
  const age = settings.MaximumRecordAgeInSeconds ?? -1;
  if (age !== -1) range('maximumRecordAgeInSeconds', age, 60, 604_800);
  const OnFailure = settings.DestinationConfig?.OnFailure?.Destination;
  checkDestination(OnFailure);
  return {
    StartingPosition: StartingPosition as 'TRIM_HORIZON' | 'LATEST',
    BisectBatchOnFunctionError: settings.BisectBatchOnFunctionError ?? false,
    MaximumRetryAttempts: range('maximumRetryAttempts', settings.MaximumRetryAttempts ?? -1, -1, 10_000),
    MaximumRecordAgeInSeconds: age,
    ParallelizationFactor,
    OnFailure,
  };
}

function refuse(settings: MappingSettings, source: string, members: (keyof MappingSettings)[]): void {
  const given = members.find((member) => settings[member] !== undefined);
  if (given) throw invalidParameter(`Unsupported parameter for event source mapping of type ${source}: ${given}`);
}

function range(member: string, value: number, lowest: number, highest: number): number {
  if (!Number.isInteger(value) || value < lowest) {
    throw validationFailed(member, value, `Member must have value greater than or equal to ${lowest}`);
  }
  if (value > highest) throw validationFailed(member, value, `Member must have value less than or equal to ${highest}`);
  return value;
}

/** An event source mapping as the API answers it. */
export function describeMapping(mapping: EventSourceMapping, FunctionArn: string): object {
  const isQueue = mapping.EventSourceArn.split(':')[2] === 'sqs';
  return {
    UUID: mapping.UUID,
    EventSourceArn: mapping.EventSourceArn,
    FunctionArn,
    State: mapping.Enabled ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'USER_INITIATED',
    BatchSize: mapping.BatchSize,
    MaximumBatchingWindowInSeconds: mapping.MaximumBatchingWindowInSeconds,
    LastModified: mapping.LastModifiedMs / 1000,
    LastProcessingResult: mapping.LastProcessingResult,
    FunctionResponseTypes: mapping.ReportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    ...(mapping.filters.length > 0
      ? { FilterCriteria: { Filters: mapping.filters.map((Pattern) => ({ Pattern })) } }
      : {}),
    ...(isQueue
      ? { ...(mapping.MaximumConcurrency ? { ScalingConfig: { MaximumConcurrency: mapping.MaximumConcurrency } } : {}) }
      : {
          StartingPosition: mapping.StartingPosition,
          BisectBatchOnFunctionError: mapping.BisectBatchOnFunctionError,
          MaximumRetryAttempts: mapping.MaximumRetryAttempts,
          MaximumRecordAgeInSeconds: mapping.MaximumRecordAgeInSeconds,
          ParallelizationFactor: mapping.ParallelizationFactor,
          DestinationConfig: { OnFailure: mapping.OnFailure ? { Destination: mapping.OnFailure } : undefined },
        }),
  };
}
