import { runCase } from './support/case-run';
import { readCases, SOURCE } from './support/own-case';

/** A comparison of Choice: pairs of variable and operand for which it holds, and for which it does not. */
interface OperatorCase {
  readonly operator: string;
  readonly source: string;
  readonly holds: ReadonlyArray<readonly [unknown, unknown]>;
  readonly fails: ReadonlyArray<readonly [unknown, unknown]>;
}

/** https://states-language.net/#choice-state */
const ORDERS = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];
const OPERATORS = [
  ...['String', 'Numeric', 'Timestamp'].flatMap((type) => ORDERS.flatMap((o) => [`${type}${o}`, `${type}${o}Path`])),
  ...['BooleanEquals', 'BooleanEqualsPath', 'StringMatches'],
  ...['IsNull', 'IsPresent', 'IsString', 'IsNumeric', 'IsBoolean', 'IsTimestamp'],
];

const cases = readCases<OperatorCase>('operators');
const pairs = cases.flatMap(({ operator, holds, fails }) => [
  ...holds.map((pair) => [operator, pair, true] as const),
  ...fails.map((pair) => [operator, pair, false] as const),
]);

function choice(rule: object) {
  return {
    StartAt: 'C',
    States: {
      C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
      Yes: { Type: 'Pass', Result: true, End: true },
      No: { Type: 'Pass', Result: false, End: true },
    },
  };
}

async function decide(rule: object, input: unknown): Promise<unknown> {
  const { described } = await runCase({
    title: '',
    source: '',
    definition: choice(rule),
    input,
    expect: { status: 'SUCCEEDED' },
  });
  return described.status === 'SUCCEEDED' ? JSON.parse(described.output!) : described.error;
}

describe('comparisons of Choice', () => {
  it.each(pairs.map(([operator, [value, operand], holds]) => [value, operator, operand, holds] as const))(
    '%j %s %j is %s',
    async (value, operator, operand, holds) => {
      const isPath = operator.endsWith('Path');
      const rule = { Variable: '$.value', [operator]: isPath ? '$.operand' : operand };
      expect(await decide(rule, { value, operand })).toBe(holds);
    },
  );

  it('join by And, Or and Not', async () => {
    const is = (n: number) => ({ Variable: '$', NumericEquals: n });
    expect(await decide({ And: [is(1), { Not: is(2) }] }, 1)).toBe(true);
    expect(await decide({ And: [is(1), is(2)] }, 1)).toBe(false);
    expect(await decide({ Or: [is(2), { And: [is(1), { Not: is(3) }] }] }, 1)).toBe(true);
    expect(await decide({ Not: { Or: [is(1), is(2)] } }, 1)).toBe(false);
  });

  it('are all there, each with its source', () => {
    expect(cases.map(({ operator }) => operator).sort()).toEqual([...OPERATORS].sort());
    for (const { operator, source, holds, fails } of cases) {
      expect([operator, source]).toEqual([operator, expect.stringMatching(SOURCE)]);
      expect(Math.min(holds.length, fails.length)).toBeGreaterThan(0);
    }
  });
});
