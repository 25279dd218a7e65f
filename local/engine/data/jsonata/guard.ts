import type { Expression } from 'jsonata';

/** Depth of nested evaluations that an expression may reach: some thousand calls of a function within itself. */
const DEEPEST_EVALUATION = 5_000;
/** Steps of evaluation that an expression may take: about a second of work. */
const EVALUATION_BUDGET = 1_000_000;

/** Counts what one evaluation of an expression uses, and ends it when it takes too much. */
export class Guard {
  /** Not a name that an expression can write. */
  static readonly key = ' guard';
  private depth = 0;
  private steps = 0;

  enter(): void {
    if (++this.depth > DEEPEST_EVALUATION) throw new Error('Stack overflow error: Check for non-terminating recursion');
    if (++this.steps > EVALUATION_BUDGET) throw new Error('Expression evaluation timeout: Check for infinite loop');
  }

  leave(): void {
    this.depth--;
  }
}

/** Lets the interpreter report each step to the Guard that the evaluation was given. */
export function installGuard(expression: Expression): void {
  const assign = expression.assign.bind(expression) as unknown as (name: symbol, value: unknown) => void;
  assign(Symbol.for('jsonata.__evaluate_entry'), (_node: unknown, _input: unknown, environment: Environment) =>
    environment.lookup(Guard.key).enter(),
  );
  assign(Symbol.for('jsonata.__evaluate_exit'), (_node: unknown, _input: unknown, environment: Environment) =>
    environment.lookup(Guard.key).leave(),
  );
}

interface Environment {
  lookup(name: string): Guard;
}
