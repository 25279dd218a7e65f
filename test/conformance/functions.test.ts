import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runCase } from './support/case-run';
import { CASES, type OwnCase, readCases, SOURCE } from './support/own-case';

/** A call of an intrinsic function, or an expression of JSONata, and what it gives. */
interface FunctionCase {
  readonly call?: string;
  readonly expression?: string;
  readonly source: string;
  readonly input?: unknown;
  readonly gives?: unknown;
  /** A regular expression that the text it gives has to match. */
  readonly matches?: string;
  /** The name of the error. */
  readonly fails?: string;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
const INTRINSICS =
  'Array ArrayContains ArrayGetItem ArrayLength ArrayPartition ArrayRange ArrayUnique Base64Decode Base64Encode Format Hash JsonMerge JsonToString MathAdd MathRandom StringSplit StringToJson UUID'.split(
    ' ',
  );
/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
const OF_STEP_FUNCTIONS = ['partition', 'range', 'hash', 'random', 'uuid', 'parse'];

const cases = readCases<FunctionCase>('functions');

function machine({ call, expression, input, source }: FunctionCase): OwnCase {
  const field = call ? { Parameters: { 'value.$': call }, OutputPath: '$.value' } : { Output: `{% ${expression} %}` };
  const language = call ? 'JSONPath' : 'JSONata';
  return { title: '', source, language, state: { Type: 'Pass', ...field }, input, expect: { status: 'SUCCEEDED' } };
}

describe('functions', () => {
  it.each(
    cases.map((own): [string, string, FunctionCase] => [
      own.call ?? own.expression!,
      own.fails ?? (own.matches || JSON.stringify(own.gives).slice(0, 40)),
      own,
    ]),
  )('%s: %s', async (_text, _gives, own) => {
    const { described } = await runCase(machine(own));
    const output = described.output === undefined ? undefined : JSON.parse(described.output);
    if (own.fails) expect(described).toMatchObject({ status: 'FAILED', error: own.fails });
    else if (own.matches) expect(output).toMatch(new RegExp(own.matches));
    else expect({ output, cause: described.cause }).toEqual({ output: own.gives });
  });

  it('have each a case, with its source', () => {
    const text = cases.map(({ call, expression }) => call ?? expression).join('\n');
    expect(INTRINSICS.filter((name) => !text.includes(`States.${name}(`))).toEqual([]);
    expect(OF_STEP_FUNCTIONS.filter((name) => !text.includes(`$${name}(`))).toEqual([]);
    for (const { source } of cases) expect(source).toMatch(SOURCE);
    expect(readdirSync(path.join(CASES, 'functions'))).toEqual(['intrinsics.json', 'jsonata.json']);
  });
});
