import { invalidParameter } from './faults';
import type { MeasuredCode } from './function-code';
import { type FunctionSettings, readConfiguration } from './function-configuration';
import type { LambdaParts } from './lambda-parts';
import type { FunctionVersion } from './model';
import { checkReservation } from './reserved-concurrency';

/**
 * Makes a function; throws InvalidParameterValueException when Lambda cannot assume its role, and whatever
 * {@link readConfiguration} refuses.
 */
export function createFunction(
  parts: LambdaParts,
  functionName: string,
  settings: FunctionSettings,
  code: MeasuredCode,
  tags: Record<string, string>,
  reservedConcurrency?: number,
): FunctionVersion {
  const latest = buildLatest(parts, functionName, settings, code);
  if (reservedConcurrency !== undefined) checkReservation(parts.store, functionName, reservedConcurrency);
  parts.store.addFunction(latest, tags, reservedConcurrency);
  if (code.archive) parts.store.keepArchive(code.CodeSha256, code.archive);
  return latest;
}

/** Replaces `$LATEST`; warm workers of the old one go. */
export function updateFunction(
  parts: LambdaParts,
  functionName: string,
  settings: FunctionSettings,
  code: MeasuredCode,
): FunctionVersion {
  const previous = parts.store.function(functionName).latest;
  const latest = buildLatest(parts, functionName, settings, code);
  parts.store.setLatest(latest);
  if (code.archive) parts.store.keepArchive(code.CodeSha256, code.archive);
  parts.invoker.forget(previous);
  return latest;
}

/** The settings of a version with some of them changed: members left out keep their value. */
export function changeSettings(latest: FunctionVersion, change: FunctionSettings): FunctionSettings {
  return {
    Role: change.Role ?? latest.Role,
    Handler: change.Handler ?? latest.Handler,
    Runtime: change.Runtime ?? latest.Runtime,
    Timeout: change.Timeout ?? latest.Timeout,
    MemorySize: change.MemorySize ?? latest.MemorySize,
    Description: change.Description ?? latest.Description,
    Environment: change.Environment ?? { Variables: latest.Environment },
    Architectures: change.Architectures ?? [...latest.Architectures],
    EphemeralStorage: change.EphemeralStorage ?? { Size: latest.EphemeralStorageSize },
    TracingConfig: change.TracingConfig ?? { Mode: latest.TracingMode },
    DeadLetterConfig: change.DeadLetterConfig ?? { TargetArn: latest.DeadLetterTargetArn },
    LoggingConfig: change.LoggingConfig ?? latest.LoggingConfig,
  };
}

/** Deletes a function with its versions, aliases and workers. Its event source mappings stay, as on AWS. */
export function deleteFunction(parts: LambdaParts, functionName: string): void {
  const entry = parts.store.function(functionName);
  for (const version of [entry.latest, ...entry.versions.values()]) parts.invoker.forget(version);
  parts.store.removeFunction(functionName);
}

function buildLatest(
  parts: LambdaParts,
  functionName: string,
  settings: FunctionSettings,
  code: MeasuredCode,
): FunctionVersion {
  const { host, store, invoker } = parts;
  const configuration = readConfiguration(functionName, settings);
  try {
    invoker.callerOf({
      Role: configuration.Role,
      FunctionName: functionName,
      FunctionArn: store.arnOf({ functionName }),
    });
  } catch {
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.');
  }
  return {
    FunctionName: functionName,
    FunctionArn: store.arnOf({ functionName }),
    Version: '$LATEST',
    ...configuration,
    Code: code.Code,
    CodeSize: code.CodeSize,
    CodeSha256: code.CodeSha256,
    LastModifiedMs: host.kernel.clock.now(),
    RevisionId: host.kernel.random.uuid(),
  };
}
