import type { RuntimeFault } from './protocol';

/** An error as the Node.js runtime of Lambda puts it on the wire: `errorType` is the error's `name`. */
export function describeFault(error: unknown): RuntimeFault {
  if (error instanceof Error || isErrorLike(error)) {
    return {
      errorType: String(error.name || 'Error'),
      errorMessage: String(error.message),
      trace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
    };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

/** Errors of another realm are no instances of this one's Error. */
function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'stack' in value && 'message' in value && 'name' in value;
}

/** What the runtime logs of an error: its own members after type, message and stack. */
export function loggableFault(error: unknown): Record<string, unknown> {
  const { errorType, errorMessage, trace } = describeFault(error);
  const members: Record<string, unknown> = { errorType, errorMessage };
  if (typeof error === 'object' && error !== null) Object.assign(members, error);
  return { ...members, stack: trace };
}
