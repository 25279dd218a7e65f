import type { ConditionKeys } from './condition-keys';
import { LITERAL_QUESTION, LITERAL_STAR, literal } from './wildcard';

const VARIABLE = /\$\{([^}]*)\}/g;

/**
 * A text of a policy with its variables filled in, as a pattern: what a variable gives matches literally. Undefined when a
 * variable has neither one value nor a default, which matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function expandVariables(text: string, keys: ConditionKeys): string | undefined {
  if (!text.includes('${')) return text;
  let isKnown = true;
  const pattern = text.replace(VARIABLE, (_, inner: string) => {
    if (inner === '*') return LITERAL_STAR;
    if (inner === '?') return LITERAL_QUESTION;
    if (inner === '$') return '$';
    const [name = '', fallback] = inner.split(',');
    const values = keys.get(name.trim());
    // A key of many values is no variable.
    if (values?.length === 1) return literal(values[0]!);
    const quoted = /^\s*'(.*)'\s*$/.exec(fallback ?? '');
    if (values === undefined && quoted) return literal(quoted[1]!);
    isKnown = false;
    return '';
  });
  return isKnown ? pattern : undefined;
}
