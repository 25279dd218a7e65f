import type { Thread } from '../model/execution';
import type { Json } from '../model/json';
import type { Flow } from '../model/machine';
import type { Payload } from '../model/payload';
import type { Run } from './run';

/** Where a new thread belongs and what it begins with. */
export interface ThreadStart {
  readonly parent: Thread | undefined;
  readonly flow: Flow;
  readonly index: number;
  readonly input: Payload;
  readonly causeId: number;
  readonly item?: { readonly value: Json };
}

/** Makes a thread that stands before its flow's first state, in the line of those that have something to do. */
export function startThread(run: Run, { parent, flow, index, input, causeId, item }: ThreadStart): Thread {
  const thread: Thread = {
    id: ++run.execution.lastThreadId,
    parentId: parent?.id,
    index,
    flow: flow.key,
    item,
    state: flow.startAt,
    input,
    lastEventId: causeId,
    entered: undefined,
    variables: {},
    variableBytes: {},
    attempts: [],
    retryCount: 0,
    waiting: undefined,
    broken: undefined,
  };
  run.execution.threads[thread.id] = thread;
  run.wake(thread);
  return thread;
}
