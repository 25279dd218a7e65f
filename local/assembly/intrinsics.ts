import { AssemblyError } from './assembly-error';
import { FUNCTIONS } from './intrinsic-functions';
import { NO_VALUE, type Scope } from './scope';

/**
 * A JSON value with its intrinsic functions resolved, `AWS::NoValue` taken out.
 * Throws AssemblyError for a function that is unknown or wrongly used.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function resolveIntrinsics(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolveIntrinsics(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (value === null || typeof value !== 'object') return value;
  const name = intrinsicName(value);
  if (name) {
    const apply = FUNCTIONS[name];
    if (!apply) throw new AssemblyError(`the intrinsic function ${name} is not emulated`);
    return apply((value as Record<string, unknown>)[name], scope, (inner) => resolveIntrinsics(inner, scope));
  }
  const members: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const resolved = resolveIntrinsics(item, scope);
    if (resolved !== NO_VALUE) members[key] = resolved;
  }
  return members;
}

/** The function that an object stands for: its only member is `Ref`, `Condition` (a name) or begins with `Fn::`. */
export function intrinsicName(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  const key = keys[0];
  if (keys.length !== 1 || key === undefined) return undefined;
  return key === 'Ref' || key.startsWith('Fn::') ? key : undefined;
}
