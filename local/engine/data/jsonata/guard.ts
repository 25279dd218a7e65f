import type { Expression } from 'jsonata';

/** Depth of nested evaluations that the interpreter may reach: some thousand calls of a function within itself. */
const DEEPEST_EVALUATION = 5_000;
/** Depth of nested calls in compiled expressions, where each takes some of our own stack. */
const DEEPEST_CALL = 1_000;
/** Steps of evaluation that an expression may take: less than a second of work. */
const EVALUATION_BUDGET = 1_000_000;
/** Array items and characters that the results of all steps may have together: tens of megabytes. */
const VOLUME_BUDGET = 5_000_000;

/** An expression takes more than it may; final, whoever evaluates it. */
export class ExpressionTooCostly extends Error {}

/** Counts what one evaluation of an expression uses, and ends it when it takes too much. */
export class Guard {
  /** Not a name that an expression can write. */
  static readonly key = ' guard';
  private depth = 0;
  private steps = 0;
  private volume = 0;

  /** The interpreter enters a node. */
  enter(): void {
    if (++this.depth > DEEPEST_EVALUATION) throw tooDeep();
  }

  /** The interpreter leaves a node with its result. */
  leave(result: unknown): void {
    this.depth--;
    this.step(result);
  }

  /** A compiled function is called. */
  enterCall(): void {
    if (++this.depth > DEEPEST_CALL) throw tooDeep();
    this.countStep();
  }

  leaveCall(): void {
    this.depth--;
  }

  /** A node has been evaluated. */
  step(result: unknown): void {
    this.countStep();
    if (typeof result === 'string' || Array.isArray(result)) this.reserve(result.length);
  }

  /** So many items or characters are about to be made. */
  reserve(length: number): void {
    this.volume += length;
    if (this.volume > VOLUME_BUDGET) {
      throw new ExpressionTooCostly('Expression evaluation memory limit exceeded: Check for excessive memory usage');
    }
  }

  private countStep(): void {
    if (++this.steps > EVALUATION_BUDGET) {
      throw new ExpressionTooCostly('Expression evaluation timeout: Check for infinite loop');
    }
  }
}

function tooDeep(): ExpressionTooCostly {
  return new ExpressionTooCostly(
    'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
  );
}

/** Lets the interpreter report each step to the Guard that the evaluation was given. */
export function installGuard(expression: Expression): void {
  const assign = expression.assign.bind(expression) as unknown as (name: symbol, value: unknown) => void;
  assign(Symbol.for('jsonata.__evaluate_entry'), (_node: unknown, _input: unknown, environment: Environment) =>
    environment.lookup(Guard.key).enter(),
  );
  assign(
    Symbol.for('jsonata.__evaluate_exit'),
    (_node: unknown, _input: unknown, environment: Environment, result: unknown) =>
      environment.lookup(Guard.key).leave(result),
  );
}

interface Environment {
  lookup(name: string): Guard;
}
