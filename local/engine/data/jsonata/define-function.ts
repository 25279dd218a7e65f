import jsonata from 'jsonata';
import type { NativeFunction } from './compiled/library';

/** Defines a function with a signature as jsonata writes them. https://docs.jsonata.org/embedding-extending#function-signature-syntax */
export function defined(implementation: (...args: any[]) => unknown, signature: string): NativeFunction {
  let found: NativeFunction | undefined;
  const probe = jsonata('$probe');
  probe.registerFunction('probe', implementation, signature);
  const assign = probe.assign.bind(probe) as unknown as (name: symbol, value: unknown) => void;
  assign(
    Symbol.for('jsonata.__evaluate_exit'),
    (_node: unknown, _input: unknown, _environment: unknown, result: NativeFunction) => {
      found = result;
    },
  );
  void probe.evaluate(undefined);
  return found!;
}
