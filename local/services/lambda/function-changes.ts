import { invalidParameter } from './faults';
import { measureCode } from './function-code';
import { type FunctionSettings, readConfiguration } from './function-configuration';
import type { LambdaParts } from './lambda-parts';
import type { FunctionCode, FunctionVersion } from './model';

/**
 * Makes a function; throws InvalidParameterValueException when Lambda cannot assume its role, and whatever
 * {@link readConfiguration} refuses.
 */
export function createFunction(
  parts: LambdaParts,
  functionName: string,
  settings: FunctionSettings,
  code: FunctionCode,
  tags: Record<string, string>,
  reservedConcurrency?: number,
): FunctionVersion {
  const latest = buildLatest(parts, functionName, settings, code);
  parts.store.addFunction(latest, tags, reservedConcurrency);
  return latest;
}

/** Replaces `$LATEST`; warm workers of the old one go. */
export function updateFunction(
  parts: LambdaParts,
  functionName: string,
  settings: FunctionSettings,
  code: FunctionCode,
): FunctionVersion {
  const previous = parts.store.function(functionName).latest;
  const latest = buildLatest(parts, functionName, settings, code);
  parts.store.setLatest(latest);
  parts.invoker.forget(previous);
  return latest;
}

/** Deletes a function with its versions, aliases and workers. Its event source mappings stay, as on AWS. */
export function deleteFunction(parts: LambdaParts, functionName: string): void {
  const entry = parts.store.function(functionName);
  for (const version of [entry.latest, ...Object.values(entry.versions)]) parts.invoker.forget(version);
  parts.store.removeFunction(functionName);
}

function buildLatest(
  parts: LambdaParts,
  functionName: string,
  settings: FunctionSettings,
  code: FunctionCode,
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
    ...measureCode(code),
    LastModifiedMs: host.kernel.clock.now(),
    RevisionId: host.kernel.random.uuid(),
  };
}
