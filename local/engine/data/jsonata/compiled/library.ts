import jsonata from 'jsonata';
import type { AstNode } from './node';

/** A function as jsonata defines it: `signature` checks and completes the arguments. */
export interface NativeFunction {
  readonly _jsonata_function: true;
  readonly implementation: (this: unknown, ...args: any[]) => unknown;
  readonly signature?: { validate(args: unknown[], context: unknown): unknown[] };
}

interface Environment {
  lookup(name: string): unknown;
}

/** jsonata hands out its functions only inside an evaluation: the exit callback of a trivial one is given them. */
function environmentOf(): Environment {
  let found: Environment | undefined;
  const probe = jsonata('1');
  const assign = probe.assign.bind(probe) as unknown as (name: symbol, value: unknown) => void;
  assign(Symbol.for('jsonata.__evaluate_exit'), (_node: AstNode, _input: unknown, environment: Environment) => {
    found = environment;
  });
  void probe.evaluate(undefined);
  return found!;
}

const environment = environmentOf();

/** One of jsonata's own functions. */
export function builtIn(name: string): NativeFunction {
  const found = environment.lookup(name) as NativeFunction | undefined;
  if (!found?.implementation) throw new Error(`jsonata has no function $${name}`);
  return found;
}

/** The same function with another implementation. */
export function reimplemented(name: string, implementation: NativeFunction['implementation']): NativeFunction {
  return { _jsonata_function: true, implementation, signature: builtIn(name).signature };
}
