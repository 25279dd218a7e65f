import { STATE_FIELDS } from '../../local/engine/validation/state-fields';
import { StepFunctionsBench } from '../support/step-functions';
import { cellName, fieldsIn, readCell } from './matrix/cell';
import { isOf, OUTCOMES, places } from './matrix/outcomes';
import { definitionOf, readOwnCases } from './support/own-case';

const cases = readOwnCases();
const covered = new Set(cases.flatMap((own) => own.cells ?? []));
for (const own of cases) {
  if (own.expect.status === 'SUCCEEDED' || JSON.stringify(definitionOf(own)).includes('"Fail"')) {
    for (const place of fieldsIn(definitionOf(own))) covered.add(`${place} works`);
  }
}

const table = places().flatMap((place) =>
  OUTCOMES.map((outcome) => ({ name: cellName({ ...place, outcome: outcome.name }), place, outcome })),
);

describe('the matrix of state type, query language, field and error name', () => {
  it('has a case for each cell, or a reason why there can be none', () => {
    const open = table.filter(({ name, place, outcome }) => outcome.isGiven(place) && !covered.has(name));
    expect(open.map(({ name }) => name)).toEqual([]);
    expect(OUTCOMES.filter(({ otherwise }) => otherwise.length < 10)).toEqual([]);
  });

  it('has no case for a cell that cannot be', () => {
    const possible = new Set(table.filter(({ place, outcome }) => outcome.isGiven(place)).map(({ name }) => name));
    const claimed = cases.flatMap((own) => own.cells ?? []);
    expect(claimed.filter((name) => !possible.has(name))).toEqual([]);
  });

  it('is claimed only by cases whose definition has such a state with this field', () => {
    const wrong = cases.flatMap((own) => {
      const present = fieldsIn(definitionOf(own));
      return (own.cells ?? []).filter((name) => {
        const { type, language, field } = readCell(name);
        return !present.has(`${type} ${language} ${field}`);
      });
    });
    expect(wrong).toEqual([]);
  });
});

/** The least that a state of each type needs. */
const LEAST: Readonly<Record<string, object>> = {
  Pass: { End: true },
  Task: { Resource: 'arn:aws:states:::lambda:invoke', End: true },
  Wait: { Seconds: 1, End: true },
  Succeed: {},
  Fail: {},
  Parallel: { Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', End: true } } }], End: true },
  Map: { ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Pass', End: true } } }, End: true },
};
const CHOICES = { JSONPath: { Variable: '$.a', IsNull: true }, JSONata: { Condition: true } };
const ALL_FIELDS = [...new Set(Object.values(STATE_FIELDS).flatMap((fields) => [...fields]))];

/** https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html, …/transforming-data.html */
describe('a state', () => {
  const bench = new StepFunctionsBench();
  const machine = (type: string, language: 'JSONPath' | 'JSONata', more: object) => {
    const least = type === 'Choice' ? { Choices: [{ ...CHOICES[language], Next: 'Z' }] } : LEAST[type];
    const target = type === 'Choice' ? { Z: { Type: 'Pass', End: true } } : {};
    return { QueryLanguage: language, StartAt: 'S', States: { S: { Type: type, ...least, ...more }, ...target } };
  };

  it.each(Object.keys(STATE_FIELDS).flatMap((type) => [[type, 'JSONPath'] as const, [type, 'JSONata'] as const]))(
    'of type %s in %s is accepted by itself, and rejects fields that it has not',
    async (type, language) => {
      await expect(bench.create(machine(type, language, {}))).resolves.toBeDefined();
      const known = STATE_FIELDS[type]!;
      const foreign = ALL_FIELDS.filter((field) => !known.has(field) || !isOf(type, language, field)).filter(
        (field) => `${type} ${field}` !== 'Map Arguments' && `${type} ${field}` !== 'Map Iterator',
      );
      expect(foreign.length).toBeGreaterThan(5);
      for (const field of foreign) {
        const message = known.has(field)
          ? `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${language === 'JSONata' ? 'JSONPath' : 'JSONata'}' QueryLanguage at /States/S`
          : `Field '${field}' is not supported at /States/S`;
        await expect(bench.create(machine(type, language, { [field]: 1 }))).rejects.toMatchObject({
          code: 'InvalidDefinition',
          message: expect.stringContaining(message),
        });
      }
    },
  );
});
