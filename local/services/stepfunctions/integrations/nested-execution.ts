import type { Json } from '../../../engine/contract';
import { type Integration, objectParameters, type TaskCall, TaskFault, textOf } from './integration';
import { unknownAction } from './optimized';
import { sdkMetadata } from './sdk-metadata';
import { toPascalCase } from './sdk-shapes';
import { type ErrorNaming, optimizedFault } from './service-error';

const NAMING: ErrorNaming = {
  prefix: 'StepFunctions',
  generic: 'AWSStepFunctionsException',
  serviceName: 'AWSStepFunctions',
};

/** Waits for the end of an execution; its promise is settled by the driver. */
export type AwaitEnd = (executionArn: string, signal: AbortSignal) => Promise<void>;

/**
 * `states:startExecution`, also `.sync` and `.sync:2`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
export function nestedExecution(awaitEnd: AwaitEnd): Integration {
  return async (call) => {
    if (call.action !== 'startExecution') throw unknownAction(call);
    const started = call.resumed === undefined ? await start(call) : startedBefore(call.resumed);
    if (call.pattern === 'requestResponse' || call.pattern === 'waitForTaskToken') return started.output;
    if (call.resumed === undefined) call.submitted(started.output);
    // AWS stops the child of a `.sync` task that is given up.
    const stopChild = () => {
      call.host
        .call(call.caller, 'states', 'StopExecution', { executionArn: started.executionArn })
        .catch((error) =>
          call.host.warn(`the nested execution ${started.executionArn} could not be stopped: ${error.message}`),
        );
    };
    call.signal.addEventListener('abort', stopChild, { once: true });
    await awaitEnd(started.executionArn, call.signal);
    call.signal.removeEventListener('abort', stopChild);
    return describe(call, started.executionArn);
  };
}

interface Started {
  readonly executionArn: string;
  readonly output: string;
}

function startedBefore(output: string): Started {
  return { executionArn: JSON.parse(output).ExecutionArn, output };
}

async function start(call: TaskCall): Promise<Started> {
  const parameters = objectParameters(call);
  const requestId = call.host.kernel.random.uuid();
  const input = {
    stateMachineArn: textOf(parameters.StateMachineArn),
    name: textOf(parameters.Name),
    input: textOf(parameters.Input),
    traceHeader: textOf(parameters.TraceHeader),
  };
  try {
    const answer = await call.host.call(call.caller, 'states', 'StartExecution', input, undefined, call.traceHeader);
    const nowMs = call.host.kernel.clock.now();
    const output = {
      ExecutionArn: answer.executionArn,
      ...sdkMetadata(requestId, nowMs, JSON.stringify(answer), 'application/x-amz-json-1.0'),
      StartDate: Math.round(answer.startDate * 1000),
    };
    return { executionArn: answer.executionArn, output: JSON.stringify(output) };
  } catch (error) {
    throw optimizedFault(error, NAMING, requestId);
  }
}

async function describe(call: TaskCall, executionArn: string): Promise<string> {
  let answer: Record<string, Json>;
  try {
    answer = await call.host.call(call.caller, 'states', 'DescribeExecution', { executionArn });
  } catch (error) {
    throw optimizedFault(error, NAMING, call.host.kernel.random.uuid());
  }
  const { Input, Output, StartDate, StopDate, ...rest } = toPascalCase(answer) as Record<string, Json>;
  const read = (text: Json | undefined) =>
    call.pattern === 'sync:2' && typeof text === 'string' ? (JSON.parse(text) as Json) : text;
  const result = {
    ...rest,
    Input: read(Input),
    ...(Output === undefined ? {} : { Output: read(Output) }),
    StartDate: milliseconds(StartDate),
    StopDate: milliseconds(StopDate),
  };
  const text = JSON.stringify(sorted(result));
  if (answer.status !== 'SUCCEEDED') throw new TaskFault('States.TaskFailed', text);
  return text;
}

/** The API gives seconds; the integration's answer has milliseconds. */
const milliseconds = (seconds: Json | undefined) => Math.round(Number(seconds) * 1000);

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
