/**
 * The Amazon States Language, pure. `compile` once per definition, `newExecution` per execution, `advance` for each
 * thing that happens to it; contract.ts has the shapes and what a driver owes.
 */
import type { ExecutionOptions } from './contract';
import type { ExecutionState } from './model/execution';
import { payloadOfText } from './model/payload';

export * from './contract';
export { advance } from './flow/advance';
export { compile } from './model/compile';
export { childInputs } from './states/child-inputs';

/** An execution that has not begun: its first stimulus is `start`. Throws SyntaxError when the input is not JSON. */
export function newExecution(options: ExecutionOptions): ExecutionState {
  return {
    executionArn: options.executionArn,
    name: options.name,
    roleArn: options.roleArn,
    stateMachine: options.stateMachine,
    type: options.type,
    startTimeMs: options.startTimeMs,
    input: payloadOfText(options.input, options.inputValue),
    contextOverrides: options.contextOverrides,
    status: 'RUNNING',
    redriveCount: 0,
    lastEventId: 0,
    lastThreadId: 0,
    lastTaskId: 0,
    lastTimerId: 0,
    variableBytes: 0,
    threads: {},
    ready: [],
    tasks: {},
    timers: {},
  };
}
