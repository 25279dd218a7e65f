/** The two languages in which a state computes. */
export type QueryLanguage = 'JSONPath' | 'JSONata';

/** AWS takes every given value but `JSONPath` for JSONata, and complains of a wrong one besides. */
export function isJsonata(value: unknown): boolean {
  return value !== undefined && value !== 'JSONPath';
}

const EXPRESSION = /^\{%([\s\S]*)%\}$/;

/** True for a string that begins as an expression does. */
export function opensExpression(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('{%');
}

/** The expression of a string of a JSONata state, when it is one. */
export function expressionOf(value: unknown): string | undefined {
  return typeof value === 'string' ? EXPRESSION.exec(value)?.[1] : undefined;
}
