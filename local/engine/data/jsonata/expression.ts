import jsonata from 'jsonata';
import { queryError, StateError } from '../../errors/state-error';
import type { Json, JsonObject } from '../../model/json';
import type { Scope } from '../scope';
import { bindFunctions, functionNames, registerFunctions } from './bindings';
import { Guard, installGuard } from './guard';
import { toJson, UnsupportedResult } from './to-json';

/** A JSONata expression as it stands between `{%` and `%}`, parsed once for all its evaluations. */
export class JsonataExpression {
  private readonly compiled: jsonata.Expression | undefined;
  private readonly syntaxError: string | undefined;
  /** Names after a dollar that the expression mentions: only these need to be bound. */
  private readonly mentioned: ReadonlySet<string>;

  constructor(readonly text: string) {
    try {
      this.compiled = jsonata(text);
      registerFunctions(this.compiled);
      installGuard(this.compiled);
      this.mentioned = mentionedVariables(this.compiled.ast());
    } catch (error) {
      this.syntaxError = describe(error);
      this.mentioned = new Set();
    }
  }

  /**
   * Evaluates for a field of a state. Rejects with States.QueryEvaluationError, in AWS's words.
   * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
   */
  async evaluate(scope: Scope, field: string): Promise<Json> {
    const value = await this.evaluateOptional(scope, field);
    if (value === undefined) {
      throw queryError(`${this.introduction(field)} returned nothing (undefined).`, field);
    }
    return value;
  }

  /** The same, with undefined for an expression that gives nothing. */
  async evaluateOptional(scope: Scope, field: string): Promise<Json | undefined> {
    if (!this.compiled) throw this.failure(field, this.syntaxError);
    let result: unknown;
    try {
      result = await this.compiled.evaluate(undefined, this.bindings(scope));
    } catch (error) {
      if (error instanceof StateError) throw error;
      throw this.failure(field, describe(error));
    }
    try {
      return toJson(result);
    } catch (error) {
      if (!(error instanceof UnsupportedResult)) throw error;
      throw queryError(`${this.introduction(field)} returned an unsupported result type.`, field);
    }
  }

  /** `The JSONata expression '…' specified for the field '…'`: how AWS begins its messages. */
  introduction(field: string): string {
    return `The JSONata expression '${this.text}' specified for the field '${field}'`;
  }

  private failure(field: string, reason: string | undefined): StateError {
    return queryError(`${this.introduction(field)} threw an error during evaluation. ${reason}`, field);
  }

  private bindings(scope: Scope): Record<string, unknown> {
    const bindings: Record<string, unknown> = { [Guard.key]: new Guard() };
    for (const name of this.mentioned) {
      if (name === 'states') bindings.states = statesVariable(scope);
      else if (!functionNames.has(name)) {
        const value = scope.variable(name);
        if (value !== undefined) bindings[name] = value;
      }
    }
    bindFunctions(bindings, this.mentioned, scope);
    return bindings;
  }
}

/** `$states`, the context object made only if it is looked at. */
function statesVariable(scope: Scope): JsonObject {
  const states: JsonObject = { input: scope.input };
  Object.defineProperty(states, 'context', { enumerable: true, get: () => scope.context() });
  if (scope.result !== undefined) states.result = scope.result;
  if (scope.errorOutput !== undefined) states.errorOutput = scope.errorOutput;
  return states;
}

/** The names of all variables and functions in a syntax tree, with a stack of our own: trees can be deep. */
function mentionedVariables(root: unknown): Set<string> {
  const names = new Set<string>();
  const seen = new Set<object>();
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const { type, value } = node as { type?: unknown; value?: unknown };
    if (type === 'variable' && typeof value === 'string' && value !== '' && value !== '$') names.add(value);
    pending.push(...Object.values(node));
  }
  return names;
}

function describe(error: unknown): string {
  if (error instanceof RangeError) return 'The expression is nested too deeply';
  const { code, message } = error as { code?: string; message?: string };
  return code ? `${code}: ${message}` : String(message);
}
