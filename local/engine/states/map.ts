import { selectByPath } from '../data/data-flow';
import { numberValue } from '../data/number-value';
import { evaluateTemplate } from '../data/template';
import { unexpectedType } from '../data/unexpected-type';
import { queryError, runtimeError } from '../errors/state-error';
import { exitWithResult } from '../flow/result';
import type { Run } from '../flow/run';
import { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import type { Fork, Thread } from '../model/execution';
import type { Json } from '../model/json';
import type { MapState } from '../model/machine';
import { payloadOf } from '../model/payload';
import { startDistributedMap } from './distributed-map';
import { startIterations } from './iterations';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html: iterations that run at a time. */
const INLINE_CONCURRENCY = 40;

/** Map: runs its processor for each item, inline or through a Map Run. */
export function* startMap(run: Run, thread: Thread, state: MapState): Steps {
  const whole = new StateScope(run, thread, thread.input.value);
  const scope = state.language === 'JSONPath' ? whole.withInput(selectByPath(state.inputPath, whole)) : whole;
  const items = state.distributed?.reader ? undefined : yield* itemsOf(state, scope);
  const concurrency = state.maxConcurrency ? yield* settle(numberValue(state.maxConcurrency, scope, 'integer')) : 0;
  if (concurrency < 0) throw runtimeError('MaxConcurrency cannot be negative.');
  const details = { length: items?.length ?? 0 };
  const isRedriven = state.distributed !== undefined && thread.mapRunArn !== undefined;
  const startedEventId = isRedriven ? 0 : run.emit(thread, 'MapStateStarted', 'mapStateStartedEventDetails', details);
  if (state.distributed) {
    yield* startDistributedMap(run, thread, state, state.distributed, scope, items, concurrency);
    return;
  }
  if (items!.length === 0) {
    run.emitAside(thread.lastEventId, 'MapStateSucceeded');
    yield* exitWithResult(run, thread, state, payloadOf([]));
    return;
  }
  const fork: Fork = {
    kind: 'fork',
    running: [],
    results: new Array<Json>(items!.length).fill(null),
    missing: items!.length,
    items,
    nextIndex: 0,
    maxConcurrency: concurrency === 0 ? INLINE_CONCURRENCY : Math.min(concurrency, INLINE_CONCURRENCY),
  };
  thread.waiting = fork;
  yield* startIterations(run, thread, state, fork, startedEventId);
}

function* itemsOf(state: MapState, scope: StateScope): Steps<Json[]> {
  if (state.language === 'JSONPath') {
    const items = selectByPath(state.itemsPath, scope);
    if (!Array.isArray(items)) {
      // AWS shows a path into the context object with a single dollar.
      const shown = (state.itemsPath?.text ?? '$').replace(/^\$\$/, '$');
      throw runtimeError(`Reference path "${shown}" must point to array.`);
    }
    return items;
  }
  if (!state.items) {
    if (!Array.isArray(scope.input)) {
      throw queryError(`Map state input must be an array but was: ${JSON.stringify(scope.input)}`);
    }
    return scope.input;
  }
  const items = yield* settle(evaluateTemplate(state.items, scope));
  if (Array.isArray(items)) return items;
  if (state.itemsExpression) throw unexpectedType(state.itemsExpression, 'Items', 'array', items);
  throw queryError(`Map state input must be an array but was: ${JSON.stringify(items)}`);
}
