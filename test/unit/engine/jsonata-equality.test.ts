import fc from 'fast-check';
import jsonata from 'jsonata';
import { JsonataExpression } from '../../../local/engine/data/jsonata/expression';
import { toJson } from '../../../local/engine/data/jsonata/to-json';
import type { Scope } from '../../../local/engine/data/scope';
import { SeededRandom } from '../../../local/kernel/random';
import { JSONATA_EXPRESSIONS as EXPRESSIONS } from '../../support/jsonata-expressions';

const data: any = {
  n: 5,
  zero: 0,
  text: 'Hello World',
  empty: '',
  yes: true,
  no: false,
  nothing: null,
  none: [],
  one: [7],
  list: [3, 1, 2],
  nested: [[1, 2], [3], []],
  words: ['b', 'a', 'c', 'a'],
  order: {
    id: 'o-1',
    lines: [
      { sku: 'A', quantity: 2, price: 10, tags: ['x'] },
      { sku: 'B', quantity: 1, price: 5 },
      { sku: 'A', quantity: 4, price: 20, tags: ['y', 'z'] },
    ],
    customer: { name: 'Ann', address: { city: 'Bonn' } },
  },
};

const scope: Scope = {
  inputText: () => JSON.stringify(scope.input),
  input: data,
  context: () => ({}),
  variable: (name) => (name === 'v' ? { list: [1, 2, 3] } : undefined),
  random: new SeededRandom(1),
  nowMs: 0,
};

/**
 * What jsonata itself makes of an expression: a value, nothing, or a failure. Undefined when it has changed the data it was
 * given, as it does with empty arrays that it groups (an undefined item appears in them): then it is no example.
 */
async function byJsonata(text: string): Promise<string | undefined> {
  const bindings = JSON.stringify({ states: { input: data, context: {} }, v: { list: [1, 2, 3] } });
  const given = JSON.parse(bindings);
  let result = 'failure';
  try {
    result = JSON.stringify(toJson(await jsonata(text).evaluate(undefined, given))) ?? 'nothing';
  } catch {}
  return JSON.stringify(given) === bindings ? result : undefined;
}

async function byEngine(text: string): Promise<string> {
  try {
    return JSON.stringify(await new JsonataExpression(text).evaluateOptional(scope, 'Output')) ?? 'nothing';
  } catch {
    return 'failure';
  }
}

describe('compiled JSONata', () => {
  it.each(EXPRESSIONS)('%s gives what jsonata gives', async (text) => {
    // jsonata reads the machine's clock where the engine reads its own.
    if (/\$(now|millis)\(\)/.test(text)) return;
    expect(await byEngine(text)).toBe(await byJsonata(text));
  });

  it('gives the time of the engine for $now and $millis', async () => {
    expect(await byEngine('$now()')).toBe('"1970-01-01T00:00:00.000Z"');
    expect(await byEngine('$millis()')).toBe('0');
  });

  it('gives what jsonata gives for generated expressions', async () => {
    const atom = fc
      .constantFrom(
        'n',
        'text',
        'list',
        'one',
        'none',
        'nested',
        'words',
        'order',
        'order.lines',
        'order.lines.sku',
        'order.lines.tags',
        'order.customer',
        'missing',
        'nothing',
        'yes',
        'order.*',
        'zero',
      )
      .map((path) => `$states.input.${path}`);
    const literal = fc.constantFrom(
      '1',
      '0',
      '-1',
      "'a'",
      "''",
      'true',
      'null',
      '[]',
      '[1]',
      '{}',
      '$',
      '[1..3]',
      '{"a": 1}',
    );
    const { expression } = fc.letrec<{ expression: string }>((tie) => {
      const part = tie('expression');
      return {
        expression: fc.oneof(
          { depthSize: 'small', maxDepth: 4 },
          atom,
          literal,
          fc
            .tuple(part, fc.constantFrom('+', '-', '*', '&', '=', '!=', '<', '>=', 'and', 'or', 'in'), part)
            .map(([a, op, b]) => `(${a} ${op} ${b})`),
          fc.tuple(part, part).map(([a, b]) => `(${a})[${b}]`),
          fc.tuple(part, part).map(([a, b]) => `(${a}).(${b})`),
          fc.tuple(part, part).map(([a, b]) => `[${a}, ${b}]`),
          fc.tuple(part, part).map(([a, b]) => `{"k": ${a}, "l": ${b}}`),
          fc.tuple(part, fc.constantFrom('sku', 'a', 'k', '$', '*', '**')).map(([a, name]) => `(${a}).${name}`),
          fc.tuple(part, part, part).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
          fc
            .tuple(
              fc.constantFrom(
                '$count',
                '$sum',
                '$string',
                '$boolean',
                '$keys',
                '$reverse',
                '$type',
                '$distinct',
                '$not',
                '$exists',
              ),
              part,
            )
            .map(([f, a]) => `${f}(${a})`),
          fc.tuple(part, part).map(([a, b]) => `$append(${a}, ${b})`),
          fc
            .tuple(fc.constantFrom('$map', '$filter'), part, part)
            .map(([f, a, b]) => `${f}(${a}, function($q) { ${b} })`),
          fc.tuple(part, part).map(([a, b]) => `(${a}){"g": ${b}}`),
          fc.tuple(part, part).map(([a, b]) => `(${a})^(${b})`),
          fc.tuple(part, part).map(([a, b]) => `($x := ${a}; [$x, ${b}])`),
          part.map((a) => `(${a})[]`),
        ),
      };
    });
    await fc.assert(
      fc.asyncProperty(expression, async (text) => {
        const expected = await byJsonata(text);
        fc.pre(expected !== undefined && !expected.includes('[null]'));
        expect([text, await byEngine(text)]).toEqual([text, expected]);
      }),
      { numRuns: Number(process.env.RUNS ?? 1_000) },
    );
  });

  it('needs no promise for what is compiled', () => {
    expect(new JsonataExpression('$sum($states.input.list) + 1').evaluate(scope, 'Output')).toBe(7);
  });

  it('sees own members alone', async () => {
    expect(await byEngine('$states.input.order.constructor')).toBe('nothing');
    expect(await byEngine("$lookup($states.input.order, '__proto__')")).toBe('nothing');
  });

  it('leaves the data as it was', async () => {
    const before = JSON.stringify(data);
    for (const text of EXPRESSIONS) await byEngine(text);
    expect(JSON.stringify(data)).toBe(before);
  });
});
