import type { MapRunPlan, Stimulus } from '../contract';
import { numberValue } from '../data/number-value';
import { evaluateTemplate } from '../data/template';
import { STATES_DATA_LIMIT_EXCEEDED, STATES_EXCEED_TOLERATED_FAILURE_THRESHOLD, STATES_RUNTIME } from '../errors/names';
import { runtimeError, StateError } from '../errors/state-error';
import { exitWithResult } from '../flow/result';
import type { Run } from '../flow/run';
import type { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import type { Thread } from '../model/execution';
import { isObject, type Json } from '../model/json';
import type { DistributedMap, MapState, NumberField, ReaderOrWriter } from '../model/machine';
import { payloadOfText } from '../model/payload';

/** Hands a Map to the driver as a Map Run. */
export function* startDistributedMap(
  run: Run,
  thread: Thread,
  state: MapState,
  map: DistributedMap,
  scope: StateScope,
  items: Json[] | undefined,
  maxConcurrency: number,
): Steps {
  const toleratedFailureCount = yield* optional(state.toleratedCount, scope, 'integer');
  const toleratedFailurePercentage = yield* optional(state.toleratedPercentage, scope, 'float');
  if (toleratedFailureCount !== undefined && toleratedFailureCount < 0) {
    throw runtimeError('ToleratedFailureCount cannot be negative.');
  }
  if (
    toleratedFailurePercentage !== undefined &&
    !(toleratedFailurePercentage >= 0 && toleratedFailurePercentage <= 100)
  ) {
    throw runtimeError('ToleratedFailurePercentage must be between 0 and 100.');
  }
  const mapRunId = String(++run.execution.lastTaskId);
  const plan: MapRunPlan = {
    mapRunId,
    redriveOf: thread.mapRunArn,
    stateName: state.name,
    label: map.label,
    childType: map.childType,
    childDefinition: map.childDefinition,
    items,
    reader: map.reader && (yield* readerOrWriter(map.reader, scope)),
    writer: map.writer && (yield* readerOrWriter(map.writer, scope)),
    maxConcurrency,
    toleratedFailureCount,
    toleratedFailurePercentage,
    batcher: map.batcher && {
      maxItems: yield* optional(map.batcher.maxItems, scope, 'integer'),
      maxInputBytes: yield* optional(map.batcher.maxInputBytes, scope, 'integer'),
      batchInput: map.batcher.batchInput && (yield* settle(evaluateTemplate(map.batcher.batchInput, scope))),
    },
  };
  run.execution.tasks[mapRunId] = thread.id;
  thread.waiting = { kind: 'mapRun', mapRunId };
  run.commands.push({ kind: 'startMapRun', ...plan });
}

function* optional(
  field: NumberField | undefined,
  scope: StateScope,
  kind: 'integer' | 'float',
): Steps<number | undefined> {
  return field && (yield* settle(numberValue(field, scope, kind)));
}

function* readerOrWriter(
  part: ReaderOrWriter,
  scope: StateScope,
): Steps<{ resource: string; parameters: Json; config: Json }> {
  const parameters = yield* settle(evaluateTemplate(part.parameters, scope));
  const config = part.config ? yield* settle(evaluateTemplate(part.config, scope)) : {};
  const maxItems = yield* optional(part.maxItems, scope, 'integer');
  if (maxItems === undefined || !isObject(config)) return { resource: part.resource, parameters, config };
  const { MaxItemsPath: _path, ...rest } = config;
  return { resource: part.resource, parameters, config: { ...rest, MaxItems: maxItems } };
}

/** What the driver reports of a Map Run. */
export type MapRunStimulus = Extract<Stimulus, { mapRunId: string }>;

/** Takes a report of the Map Run that the thread waits for. */
export function* receiveMapRun(run: Run, thread: Thread, state: MapState, stimulus: MapRunStimulus): Steps {
  if (stimulus.kind === 'mapRunStarted') {
    thread.mapRunArn = stimulus.mapRunArn;
    run.emit(thread, 'MapRunStarted', 'mapRunStartedEventDetails', { mapRunArn: stimulus.mapRunArn });
    return;
  }
  if (stimulus.kind === 'mapRunRedriven') {
    const { mapRunArn, redriveCount } = stimulus;
    run.emit(thread, 'MapRunRedriven', 'mapRunRedrivenEventDetails', { mapRunArn, redriveCount });
    return;
  }
  delete run.execution.tasks[stimulus.mapRunId];
  thread.waiting = undefined;
  if (stimulus.kind === 'mapRunSucceeded') {
    thread.mapRunArn = undefined;
    run.emit(thread, 'MapRunSucceeded');
    run.emitAside(thread.lastEventId, 'MapStateSucceeded');
    yield* exitWithResult(run, thread, state, payloadOfText(stimulus.output));
    return;
  }
  const { error = STATES_EXCEED_TOLERATED_FAILURE_THRESHOLD, cause } = stimulus;
  // https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html: after these a new Map Run is started.
  if (error === STATES_DATA_LIMIT_EXCEEDED || error === STATES_RUNTIME) thread.mapRunArn = undefined;
  run.emit(thread, 'MapRunFailed', 'mapRunFailedEventDetails', cause === undefined ? { error } : { error, cause });
  throw new StateError(error, cause, { isPlain: true });
}
