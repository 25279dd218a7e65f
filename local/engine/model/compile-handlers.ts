import { referencePath } from '../data/path-field';
import { compileJsonataTemplate, compileJsonPathTemplate } from '../data/template';
import { isObject, type Json } from './json';
import type { Catcher, QueryLanguage, Retrier } from './machine';

/** Compiles Retry, with the defaults of the language. https://states-language.net/#retrying-after-error */
export function compileRetry(retry: Json | undefined): Retrier[] {
  if (!Array.isArray(retry)) return [];
  return retry.filter(isObject).map((retrier) => ({
    errorEquals: names(retrier.ErrorEquals),
    intervalSeconds: number(retrier.IntervalSeconds) ?? 1,
    maxAttempts: number(retrier.MaxAttempts) ?? 3,
    backoffRate: number(retrier.BackoffRate) ?? 2,
    maxDelaySeconds: number(retrier.MaxDelaySeconds),
    hasFullJitter: retrier.JitterStrategy === 'FULL',
  }));
}

/** Compiles Catch. */
export function compileCatch(catchers: Json | undefined, language: QueryLanguage): Catcher[] {
  if (!Array.isArray(catchers)) return [];
  return catchers.filter(isObject).map((catcher, index) => {
    const common = { errorEquals: names(catcher.ErrorEquals), next: String(catcher.Next) };
    if (language === 'JSONPath') {
      const assign = catcher.Assign === undefined ? undefined : compileJsonPathTemplate(catcher.Assign);
      return { ...common, resultPath: referencePath(catcher.ResultPath), assign };
    }
    const template = (field: 'Output' | 'Assign') => {
      const value = catcher[field];
      return value === undefined ? undefined : compileJsonataTemplate(value, `Catch[${index}]/${field}`);
    };
    return { ...common, output: template('Output'), assign: template('Assign') };
  });
}

function names(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}

function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
