import { AssemblyError } from './assembly-error';
import type { IntrinsicFunction } from './intrinsic-function';
import type { Scope } from './scope';

const and: IntrinsicFunction = (argument, scope, resolve) =>
  terms(argument).every((term) => truth(term, scope, resolve));
const or: IntrinsicFunction = (argument, scope, resolve) => terms(argument).some((term) => truth(term, scope, resolve));
const not: IntrinsicFunction = (argument, scope, resolve) => !truth(terms(argument)[0], scope, resolve);

const equals: IntrinsicFunction = (argument, _scope, resolve) => {
  const [left, right] = resolve(argument) as [unknown, unknown];
  return comparable(left) === comparable(right);
};

const choose: IntrinsicFunction = (argument, scope, resolve) => {
  const [name, whenTrue, whenFalse] = terms(argument);
  // Only the chosen branch is resolved: the other may name a resource that is not created.
  return resolve(conditionNamed(String(name), scope) ? whenTrue : whenFalse);
};

const contains: IntrinsicFunction = (argument, _scope, resolve) => {
  const [list, value] = resolve(argument) as [unknown[], unknown];
  return list.map(comparable).includes(comparable(value));
};

const eachMemberEquals: IntrinsicFunction = (argument, _scope, resolve) => {
  const [list, value] = resolve(argument) as [unknown[], unknown];
  return list.every((item) => comparable(item) === comparable(value));
};

const eachMemberIn: IntrinsicFunction = (argument, _scope, resolve) => {
  const [list, allowed] = resolve(argument) as [unknown[], unknown[]];
  const names = allowed.map(comparable);
  return list.every((item) => names.includes(comparable(item)));
};

/**
 * The functions that decide. `Contains` and `EachMember…` belong to rules.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
 */
export const CONDITION_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  'Fn::And': and,
  'Fn::Or': or,
  'Fn::Not': not,
  'Fn::Equals': equals,
  'Fn::If': choose,
  'Fn::Contains': contains,
  'Fn::EachMemberEquals': eachMemberEquals,
  'Fn::EachMemberIn': eachMemberIn,
};

/** Whether a term of a condition holds: `{Condition: Name}` or one of the functions above. */
function truth(term: any, scope: Scope, resolve: (value: unknown) => unknown): boolean {
  if (typeof term?.Condition === 'string') return conditionNamed(term.Condition, scope);
  return resolve(term) === true;
}

function terms(argument: unknown): any[] {
  if (Array.isArray(argument)) return argument;
  throw new AssemblyError(
    `Template error: a condition takes a list of terms; it was given ${JSON.stringify(argument)}`,
  );
}

function conditionNamed(name: string, scope: Scope): boolean {
  const value = scope.conditions[name];
  if (value === undefined)
    throw new AssemblyError(`Template error: Unresolved condition ${name}: it is not in Conditions`);
  return value;
}

function comparable(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
