/**
 * Filter patterns of CloudWatch Logs: terms (`ERROR timeout`), optional (`?a ?b`) and excluded (`-c`) terms, phrases in quotes,
 * regular expressions (`%...%`), and JSON (`{ $.status = "failed" && $.latency > 100 }`).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
import { invalidParameter } from './faults';
import { compileJsonPattern } from './json-pattern';
import type { LogMessage } from './log-message';

type Test = (message: LogMessage) => boolean;

const CACHE_LIMIT = 200;
const cache = new Map<string, Test>();

/** A test for messages; an empty pattern matches all. Throws InvalidParameterException for a pattern that cannot be read. */
export function compileFilterPattern(pattern: string): Test {
  let test = cache.get(pattern);
  if (!test) {
    test = compile(pattern.trim());
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(pattern, test);
  }
  return test;
}

function compile(pattern: string): Test {
  if (pattern === '') return () => true;
  if (pattern.startsWith('{')) return compileJsonPattern(pattern);
  if (pattern.startsWith('[')) {
    throw invalidParameter(`Invalid filter pattern: patterns of space-delimited fields are not emulated: ${pattern}`);
  }
  const required: Test[] = [];
  const optional: Test[] = [];
  const excluded: Test[] = [];
  for (const [, sign, quoted, regex, plain] of pattern.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]*)%|(\S+))/g)) {
    const test = termTest(quoted?.replace(/\\(.)/g, '$1') ?? plain, regex);
    if (sign === '?') optional.push(test);
    else if (sign === '-') excluded.push(test);
    else required.push(test);
  }
  // AWS ignores optional terms beside required ones.
  const alternatives = required.length > 0 ? [] : optional;
  return (message) =>
    required.every((test) => test(message)) &&
    !excluded.some((test) => test(message)) &&
    (alternatives.length === 0 || alternatives.some((test) => test(message)));
}

function termTest(term: string | undefined, regex: string | undefined): Test {
  if (regex === undefined) return ({ text }) => text.includes(term!);
  try {
    const expression = new RegExp(regex);
    return ({ text }) => expression.test(text);
  } catch {
    throw invalidParameter(`Invalid regular expression in filter pattern: %${regex}%`);
  }
}
