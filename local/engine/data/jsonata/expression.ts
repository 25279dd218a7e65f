import jsonata from 'jsonata';
import { queryError, StateError } from '../../errors/state-error';
import type { Json, JsonObject } from '../../model/json';
import { type Awaitable, isPromise, type Scope } from '../scope';
import { compileExpression } from './compiled/compile-expression';
import { Frame } from './compiled/frame';
import { mentionedVariables } from './compiled/mentioned-variables';
import { type AstNode, type Evaluate, NeedsInterpreter } from './compiled/node';
import { compiledFunctions, ownFunctions, scopedFunctions } from './functions';
import { ExpressionTooCostly, Guard, installGuard } from './guard';
import { GuardedRegExp } from './guarded-regexp';
import { toJson, UnsupportedResult } from './to-json';

/** The functions of compiled expressions, around the frames of all evaluations. */
const LIBRARY = new Frame(undefined, new Guard());
for (const [name, definition] of compiledFunctions) LIBRARY.bind(name, definition);

/**
 * A JSONata expression as it stands between `{%` and `%}`, parsed once for all its evaluations. It runs as compiled
 * functions; jsonata's interpreter takes over for what is not compiled, and for every failure, so that error codes and
 * messages are its own.
 */
export class JsonataExpression {
  private readonly parsed: jsonata.Expression | undefined;
  private readonly compiled: Evaluate | undefined;
  private readonly syntaxError: string | undefined;
  /** Names after a dollar that the expression mentions: only these need to be bound. */
  private readonly mentioned: ReadonlySet<string>;
  /** Does it look at more of `$states` than the state's data? The context object is made only then. */
  private readonly needsContext: boolean;

  constructor(readonly text: string) {
    let mentioned = new Set<string>();
    this.needsContext = /\$states(?!\.(input|result|errorOutput)\b)/.test(text);
    try {
      this.parsed = jsonata(text, { RegexEngine: GuardedRegExp as never });
      const ast = this.parsed.ast() as unknown as AstNode;
      mentioned = mentionedVariables(ast);
      this.compiled = compileExpression(ast);
    } catch (error) {
      if (!(error instanceof NeedsInterpreter) && !this.parsed) this.syntaxError = describe(error);
    }
    this.mentioned = mentioned;
  }

  /**
   * Evaluates for a field of a state. Fails with States.QueryEvaluationError, in AWS's words; a promise only when the
   * interpreter was needed. https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
   */
  evaluate(scope: Scope, field: string): Awaitable<Json> {
    const value = this.evaluateOptional(scope, field);
    return isPromise(value) ? value.then((settled) => this.required(settled, field)) : this.required(value, field);
  }

  /** The same, with undefined for an expression that gives nothing. */
  evaluateOptional(scope: Scope, field: string): Awaitable<Json | undefined> {
    if (!this.compiled) return this.interpret(scope, field);
    let result: unknown;
    try {
      result = this.compiled(undefined, this.frame(scope));
    } catch (error) {
      if (error instanceof ExpressionTooCostly) throw this.failure(field, describe(error));
      return this.interpret(scope, field);
    }
    return this.converted(result, field);
  }

  /** `The JSONata expression '…' specified for the field '…'`: how AWS begins its messages. */
  introduction(field: string): string {
    return `The JSONata expression '${this.text}' specified for the field '${field}'`;
  }

  private required(value: Json | undefined, field: string): Json {
    if (value === undefined) throw queryError(`${this.introduction(field)} returned nothing (undefined).`, field);
    return value;
  }

  private async interpret(scope: Scope, field: string): Promise<Json | undefined> {
    if (!this.parsed) throw this.failure(field, this.syntaxError);
    installGuard(this.parsed);
    this.parsed.assign('eval', undefined);
    let result: unknown;
    try {
      result = await this.parsed.evaluate(undefined, this.bindings(scope));
    } catch (error) {
      if (error instanceof StateError) throw error;
      throw this.failure(field, describe(error));
    }
    return this.converted(result, field);
  }

  private converted(result: unknown, field: string): Json | undefined {
    try {
      return toJson(result);
    } catch (error) {
      if (!(error instanceof UnsupportedResult)) throw error;
      throw queryError(`${this.introduction(field)} returned an unsupported result type.`, field);
    }
  }

  /** A message with one of JSONata's codes is a sentence of its own; others follow a colon. */
  private failure(field: string, reason: string | undefined): StateError {
    const separator = /^[A-Z]\d{4}: /.test(String(reason)) ? '.' : ':';
    return queryError(`${this.introduction(field)} threw an error during evaluation${separator} ${reason}`, field);
  }

  private frame(scope: Scope): Frame {
    const frame = new Frame(LIBRARY, new Guard());
    for (const name of this.mentioned) {
      const value = this.named(name, scope);
      if (value !== undefined) frame.bind(name, value);
    }
    return frame;
  }

  private named(name: string, scope: Scope): unknown {
    if (name === 'states') return statesVariable(scope, this.needsContext);
    const value = scope.variable(name);
    return value === undefined ? scopedFunctions.get(name)?.(scope) : value;
  }

  /** For the interpreter, which may change what it is given: copies. */
  private bindings(scope: Scope): Record<string, unknown> {
    const bindings: Record<string, unknown> = { [Guard.key]: new Guard() };
    for (const [name, definition] of ownFunctions) bindings[name] = definition;
    for (const name of this.mentioned) {
      const value = this.named(name, scope);
      if (value === undefined) continue;
      const isFunction = typeof value === 'object' && value !== null && '_jsonata_function' in value;
      bindings[name] = isFunction ? value : JSON.parse(JSON.stringify(value));
    }
    return bindings;
  }
}

/** `$states`. */
function statesVariable(scope: Scope, needsContext: boolean): JsonObject {
  const states: JsonObject = { input: scope.input };
  if (needsContext) states.context = scope.context();
  if (scope.result !== undefined) states.result = scope.result;
  if (scope.errorOutput !== undefined) states.errorOutput = scope.errorOutput;
  return states;
}

function describe(error: unknown): string {
  if (error instanceof RangeError) return 'The expression is nested too deeply';
  const { code, message } = error as { code?: string; message?: string };
  return code ? `${code}: ${message}` : String(message);
}
