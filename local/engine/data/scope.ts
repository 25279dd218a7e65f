import type { Random } from '../../kernel/random';
import type { Json, JsonObject } from '../model/json';

/** What an expression can see while it is evaluated. */
export interface Scope {
  /** `$` in JSONPath, `$states.input` in JSONata. */
  readonly input: Json;
  /** The JSON text of `$`, as it came where it is shown: messages repeat it. */
  inputText(): string;
  /** `$states.result`, where the field may use it. */
  readonly result?: Json;
  /** `$states.errorOutput`, in a Catch. */
  readonly errorOutput?: Json;
  /** The context object (`$$`, `$states.context`), made when asked for. */
  context(): JsonObject;
  /** The value of a variable in this or an outer scope, or undefined when there is none of that name. */
  variable(name: string): Json | undefined;
  readonly random: Random;
  /** Milliseconds since the epoch: what `$now()` and `$millis()` give. */
  readonly nowMs: number;
}

/** The same surroundings with another `$`. */
export function withInput(scope: Scope, input: Json): Scope {
  return {
    input,
    inputText: () => (input === scope.input ? scope.inputText() : JSON.stringify(input)),
    context: () => scope.context(),
    variable: (name) => scope.variable(name),
    random: scope.random,
    nowMs: scope.nowMs,
  };
}

/** A value, or the promise of one where JSONata had to be awaited. */
export type Awaitable<T> = T | Promise<T>;

/** True for a promise. */
export function isPromise<T>(value: Awaitable<T>): value is Promise<T> {
  return value instanceof Promise;
}
