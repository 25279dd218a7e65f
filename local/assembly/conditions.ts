import { AssemblyError } from './assembly-error';
import { resolveIntrinsics } from './intrinsics';
import type { Scope } from './scope';
import type { Template } from './template';

/** Evaluates all conditions of a template, each after those it names. Throws AssemblyError when one needs itself. */
export function evaluateConditions(template: Template, scope: Scope): Record<string, boolean> {
  const values: Record<string, boolean> = {};
  const open = new Set<string>();
  const evaluate = (name: string): boolean => {
    const known = values[name];
    if (known !== undefined) return known;
    const condition = template.Conditions?.[name];
    if (condition === undefined) throw new AssemblyError(`Template error: Unresolved condition ${name}`);
    if (open.has(name)) throw new AssemblyError(`Template error: condition ${name} needs itself`);
    open.add(name);
    const conditions = new Proxy(values, { get: (_, other) => evaluate(String(other)) });
    const value = resolveIntrinsics({ 'Fn::And': [condition] }, { ...scope, conditions }) === true;
    values[name] = value;
    return value;
  };
  for (const name of Object.keys(template.Conditions ?? {})) evaluate(name);
  return values;
}

/** The descriptions of a template's assertions that do not hold, in the order of its rules. */
export function brokenRules(template: Template, scope: Scope): string[] {
  const holds = (term: unknown) => resolveIntrinsics({ 'Fn::And': [term] }, scope) === true;
  return Object.entries(template.Rules ?? {}).flatMap(([name, { RuleCondition, Assertions }]) =>
    RuleCondition !== undefined && !holds(RuleCondition)
      ? []
      : Assertions.filter(({ Assert }) => !holds(Assert)).map(
          ({ AssertDescription }) => AssertDescription ?? `an assertion of rule ${name} does not hold`,
        ),
  );
}
