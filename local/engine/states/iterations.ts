import { selectByPath } from '../data/data-flow';
import { evaluateTemplate } from '../data/template';
import type { Run } from '../flow/run';
import { startThread } from '../flow/start-thread';
import { StateScope } from '../flow/state-scope';
import { type Steps, settle } from '../flow/steps';
import type { Fork, Thread } from '../model/execution';
import type { Json } from '../model/json';
import type { MapState } from '../model/machine';
import { type Payload, payloadOf } from '../model/payload';

/** Starts as many iterations of an inline Map as may run at a time. */
export function* startIterations(run: Run, parent: Thread, state: MapState, fork: Fork, causeId: number): Steps {
  while (fork.running.length < fork.maxConcurrency && fork.nextIndex < fork.items!.length) {
    const index = fork.nextIndex++;
    const value = fork.items![index]!;
    const input = yield* itemInput(run, parent, state, index, value);
    const eventId = run.emitAside(causeId, 'MapIterationStarted', 'mapIterationStartedEventDetails', {
      name: state.name,
      index,
    });
    const child = startThread(run, {
      parent,
      flow: state.processor,
      index,
      input,
      causeId: eventId,
      item: { value },
    });
    fork.running.push(child.id);
  }
}

/** What an iteration begins with: the item, or what ItemSelector makes of it. */
export function* itemInput(run: Run, parent: Thread, state: MapState, index: number, value: Json): Steps<Payload> {
  if (!state.itemSelector) return payloadOf(value);
  const context = { Map: { Item: { Index: index, Value: value } } };
  const scope = new StateScope(run, parent, parent.input.value, undefined, undefined, context);
  const selected = state.language === 'JSONPath' ? scope.withInput(selectByPath(state.inputPath, scope)) : scope;
  return payloadOf(yield* settle(evaluateTemplate(state.itemSelector, selected)));
}
