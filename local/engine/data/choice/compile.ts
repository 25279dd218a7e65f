import { isObject, type Json, type JsonObject } from '../../model/json';
import { compileJsonata, compileJsonataTemplate, compileJsonPathTemplate, isJsonataText } from '../template';
import { compileComparison } from './comparison';
import type { ChoiceRule, Test } from './rule';

/** Rules nested deeper than this are taken for a mistake, before they become the depth of our own stack. */
const DEEPEST_RULE = 100;

/** Compiles Choices. https://states-language.net/#choice-state */
export function compileRules(choices: Json | undefined, language: 'JSONPath' | 'JSONata'): ChoiceRule[] {
  if (!Array.isArray(choices)) return [];
  return choices.filter(isObject).map((rule, index) => {
    const location = `Choices[${index}]/Condition`;
    const next = String(rule.Next);
    if (language === 'JSONPath') {
      const assign = rule.Assign === undefined ? undefined : compileJsonPathTemplate(rule.Assign);
      return { next, location, assign, test: compileTest(rule, 0) };
    }
    const template = (field: 'Assign' | 'Output') => {
      const value = rule[field];
      return value === undefined ? undefined : compileJsonataTemplate(value, `Choices[${index}]/${field}`);
    };
    const condition = rule.Condition;
    return {
      next,
      location,
      assign: template('Assign'),
      output: template('Output'),
      condition: condition !== undefined && isJsonataText(condition) ? compileJsonata(condition) : condition === true,
    };
  });
}

function compileTest(rule: JsonObject, depth: number): Test {
  if (depth > DEEPEST_RULE) return () => false;
  if (Array.isArray(rule.And)) {
    const tests = rule.And.filter(isObject).map((part) => compileTest(part, depth + 1));
    return (scope) => tests.every((test) => test(scope));
  }
  if (Array.isArray(rule.Or)) {
    const tests = rule.Or.filter(isObject).map((part) => compileTest(part, depth + 1));
    return (scope) => tests.some((test) => test(scope));
  }
  if (isObject(rule.Not)) {
    const test = compileTest(rule.Not, depth + 1);
    return (scope) => !test(scope);
  }
  return compileComparison(rule);
}
