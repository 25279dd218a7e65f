import { invalidParameter, resourceConflict } from '../faults';
import type { LambdaParts } from '../lambda-parts';
import type { EventSourceMapping } from '../model';
import { type MappingSettings, readMapping } from './mapping-configuration';

/**
 * Makes a mapping and starts its poller. Throws ResourceConflictException when the function has one from this source,
 * InvalidParameterValueException for a function that does not exist.
 */
export function createMapping(parts: LambdaParts, settings: MappingSettings): EventSourceMapping {
  const configuration = readMapping(settings);
  const { functionName, qualifier, EventSourceArn } = configuration;
  if (!parts.store.hasFunction(functionName)) throw invalidParameter(`Function does not exist: ${functionName}`);
  parts.store.resolve({ functionName, qualifier });
  const other = parts.store
    .listMappings()
    .find((mapping) => mapping.EventSourceArn === EventSourceArn && mapping.functionName === functionName);
  if (other) {
    throw resourceConflict(
      `An event source mapping with event source arn (" ${EventSourceArn} ") and function (" ${functionName} ") already exists. Please update or delete the existing mapping with UUID ${other.UUID}`,
    );
  }
  const mapping: EventSourceMapping = {
    UUID: parts.host.kernel.random.uuid(),
    ...configuration,
    LastModifiedMs: parts.host.kernel.clock.now(),
    LastProcessingResult: 'No records processed',
    checkpoints: {},
  };
  parts.store.addMapping(mapping);
  parts.mappings.apply(mapping);
  return mapping;
}

/** Changes a mapping and restarts its poller; the place in a stream is kept. */
export function updateMapping(parts: LambdaParts, uuid: string, settings: MappingSettings): EventSourceMapping {
  const current = parts.store.mapping(uuid);
  const { EventSourceArn } = current;
  const configuration = readMapping({ ...settings, EventSourceArn });
  parts.store.resolve(configuration);
  const mapping = parts.store.updateMapping(uuid, {
    ...configuration,
    LastModifiedMs: parts.host.kernel.clock.now(),
  });
  parts.mappings.apply(mapping);
  return mapping;
}

/** Ends a mapping; an invocation under way ends by itself. */
export function deleteMapping(parts: LambdaParts, uuid: string): EventSourceMapping {
  const mapping = parts.store.mapping(uuid);
  parts.mappings.remove(uuid);
  parts.store.removeMapping(uuid);
  return mapping;
}

/** The settings that a mapping has now, for a change of some of them. */
export function currentSettings(mapping: EventSourceMapping): MappingSettings {
  const isQueue = mapping.EventSourceArn.split(':')[2] === 'sqs';
  return {
    FunctionName: mapping.qualifier ? `${mapping.functionName}:${mapping.qualifier}` : mapping.functionName,
    Enabled: mapping.Enabled,
    BatchSize: mapping.BatchSize,
    MaximumBatchingWindowInSeconds: mapping.MaximumBatchingWindowInSeconds,
    FilterCriteria: { Filters: mapping.filters.map((Pattern) => ({ Pattern })) },
    FunctionResponseTypes: mapping.ReportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    ...(isQueue
      ? { ScalingConfig: { MaximumConcurrency: mapping.MaximumConcurrency } }
      : {
          StartingPosition: mapping.StartingPosition,
          BisectBatchOnFunctionError: mapping.BisectBatchOnFunctionError,
          MaximumRetryAttempts: mapping.MaximumRetryAttempts,
          MaximumRecordAgeInSeconds: mapping.MaximumRecordAgeInSeconds,
          ParallelizationFactor: mapping.ParallelizationFactor,
          DestinationConfig: { OnFailure: { Destination: mapping.OnFailure } },
        }),
  };
}
