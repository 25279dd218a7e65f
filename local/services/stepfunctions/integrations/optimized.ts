import type { Json } from '../../../engine/contract';
import { type Integration, objectParameters, type TaskCall, TaskFault, textOf } from './integration';
import { sdkMetadata } from './sdk-metadata';
import { type ErrorNaming, optimizedFault } from './service-error';

/** An optimized integration that hands its parameters to one API and gives the answer with the SDK's metadata. */
export interface OptimizedService {
  /** As `Host.call` knows it. */
  readonly hostService: string;
  /** Actions in camel case. */
  readonly actions: readonly string[];
  readonly naming: ErrorNaming;
  readonly contentType: string;
  /** The service goes on with the trace of whoever calls it. */
  readonly isTraced?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members that are strings on the wire but may be written as JSON in a state. */
  readonly textMembers?: readonly string[];
  /** Looks at the answer; throws TaskFault where the integration fails although the API answered. */
  check?(output: { [key: string]: Json }): void;
}

/** Makes the integration of one such service. */
export function optimizedIntegration(service: OptimizedService): Integration {
  return async (call) => {
    if (!service.actions.includes(call.action)) throw unknownAction(call);
    const input = { ...objectParameters(call) };
    for (const member of service.textMembers ?? []) {
      const text = textOf(input[member]);
      if (text === undefined) delete input[member];
      else input[member] = text;
    }
    const requestId = call.host.kernel.random.uuid();
    const output = await callService(call, service, input, requestId);
    service.check?.(output);
    const metadata = sdkMetadata(
      requestId,
      call.host.kernel.clock.now(),
      JSON.stringify(output),
      service.contentType,
      service.headers,
    );
    return JSON.stringify({ ...output, ...metadata });
  };
}

async function callService(call: TaskCall, service: OptimizedService, input: object, requestId: string) {
  const action = call.action.charAt(0).toUpperCase() + call.action.slice(1);
  try {
    const traceHeader = service.isTraced ? call.traceHeader : undefined;
    return (await call.host.call(call.caller, service.hostService, action, input, call.signal, traceHeader)) ?? {};
  } catch (error) {
    throw optimizedFault(error, service.naming, requestId);
  }
}

/** For an action that a service integration does not have; found before, by validation, for what is written plainly. */
export function unknownAction(call: TaskCall): TaskFault {
  return new TaskFault('States.Runtime', `The action '${call.action}' of '${call.service}' is not supported`);
}
