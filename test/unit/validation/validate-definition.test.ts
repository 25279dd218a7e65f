import { validateDefinition } from '../../../local/engine/validation/validate-definition';

const PASS = { Type: 'Pass', End: true };

/** What is said of a definition, as `CODE message @ location`. */
function said(definition: object | string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): string[] {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  return validateDefinition(text, type).map(({ code, message, location }) => `${code} ${message} @ ${location}`);
}

const machine = (state: object, more: object = {}) => ({ StartAt: 'S', States: { S: state }, ...more });

describe('validateDefinition', () => {
  it('says nothing of a sound machine in either language', () => {
    expect(said(machine(PASS))).toEqual([]);
    expect(
      said(machine({ Type: 'Pass', Output: '{% $states.input %}', End: true }, { QueryLanguage: 'JSONata' })),
    ).toEqual([]);
  });

  // The texts of this table were given by ValidateStateMachineDefinition or CreateStateMachine of AWS, as users of AWS
  // quote them in public issues.
  it.each<[string, object | string, string[]]>([
    ['no fields at all', {}, ['SCHEMA_VALIDATION_FAILED These fields are required: [States, StartAt] @ /']],
    [
      'a text that is no JSON',
      'nonsense here',
      [
        "INVALID_JSON_DESCRIPTION Unrecognized token 'nonsense': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)\"nonsense here\"; line: 1, column: 9] @ [Source: (String)\"nonsense here\"; line: 1, column: 9]",
      ],
    ],
    [
      'a target that is not there',
      { StartAt: 'a', States: { a: { Type: 'Pass', Next: 'c' }, b: PASS } },
      [
        "MISSING_TRANSITION_TARGET Missing 'Next' target: c @ /States/a/Next",
        'MISSING_TRANSITION_TARGET State "b" is not reachable. @ /States/b',
      ],
    ],
    [
      'a beginning that is not there, and what nothing leads to',
      { StartAt: 'Not sure', States: { 'Pass One': { Type: 'Pass', Next: 'Success' }, Success: { Type: 'Succeed' } } },
      [
        "MISSING_TRANSITION_TARGET Missing 'Next' target: Not sure @ /StartAt",
        'MISSING_TRANSITION_TARGET State "Pass One" is not reachable. @ /States/Pass One',
      ],
    ],
    [
      'a loop without an end, whatever else is not reached',
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' }, B: { Type: 'Pass', Next: 'A' } } },
      ['MISSING_END_STATE Workflow has no terminal state @ undefined'],
    ],
    [
      'a field that a state type does not have',
      machine({ ...PASS, TimeoutSeconds: 3 }),
      ["SCHEMA_VALIDATION_FAILED Field 'TimeoutSeconds' is not supported @ /States/S"],
    ],
    [
      'a field of JSONata in a state of JSONPath',
      machine({ ...PASS, Output: {} }),
      [
        "SCHEMA_VALIDATION_FAILED The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage @ /States/S",
      ],
    ],
    [
      'a way back from JSONata to JSONPath',
      machine({ ...PASS, QueryLanguage: 'JSONPath' }, { QueryLanguage: 'JSONata' }),
      [
        "SCHEMA_VALIDATION_FAILED 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine @ /States/S",
      ],
    ],
    [
      'States.ALL beside another name, or before another handler',
      machine({
        Type: 'Task',
        Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f',
        Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }],
        End: true,
      }),
      ['SCHEMA_VALIDATION_FAILED States.ALL must appear alone and at end of list @ /States/S/Retry[0]/ErrorEquals[0]'],
    ],
    [
      'an output path that is none',
      machine({ ...PASS, OutputPath: 'Test' }),
      ['SCHEMA_VALIDATION_FAILED Value must be a valid JSONPath. @ /States/S/OutputPath'],
    ],
    [
      'a template member that is no path and no function',
      machine({ ...PASS, Assign: { 'a.$': 'plain' } }),
      [
        "SCHEMA_VALIDATION_FAILED The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call @ /States/S/Assign",
      ],
    ],
    [
      'a point in time that does not exist',
      machine({ Type: 'Wait', Timestamp: '2025-02-30T00:00:00Z', End: true }),
      ['SCHEMA_VALIDATION_FAILED String does not match RFC3339 timestamp @ /States/S/Timestamp'],
    ],
    [
      'a Resource that is no ARN',
      machine({ Type: 'Task', Resource: 'create', End: true }),
      ['SCHEMA_VALIDATION_FAILED Value is not a valid resource ARN @ /States/S/Resource'],
    ],
    [
      'JSONata that does not parse',
      machine({ ...PASS, Output: '{% 1 + %}' }, { QueryLanguage: 'JSONata' }),
      ['INVALID_JSONATA_EXPRESSION Unexpected end of expression @ /States/S/Output'],
    ],
    [
      'JSONata that begins at nothing',
      machine({ ...PASS, Output: { v: '{% phone %}' } }, { QueryLanguage: 'JSONata' }),
      ["UNSUPPORTED_JSONATA_EXPRESSION Reference to 'phone' at the top level is not supported. @ /States/S/Output/v"],
    ],
  ])('names %s', (_, definition, expected) => {
    expect(said(definition)).toEqual(expected);
  });

  it('looks into branches and item processors, and names the place', () => {
    const branch = { StartAt: 'B', States: { B: { ...PASS, Retry: [] } } };
    expect(said(machine({ Type: 'Parallel', Branches: [branch], End: true }))).toEqual([
      "SCHEMA_VALIDATION_FAILED Field 'Retry' is not supported @ /States/S/Branches[0]/States/B",
    ]);
    expect(said(machine({ Type: 'Map', ItemProcessor: { ...branch, QueryLanguage: 'JSONata' }, End: true }))).toContain(
      "SCHEMA_VALIDATION_FAILED Field 'QueryLanguage' is not supported @ /States/S/ItemProcessor",
    );
  });

  it('refuses callbacks and jobs in Express machines only', () => {
    const resource = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
    const definition = machine({ Type: 'Task', Resource: resource, End: true });
    expect(said(definition, 'STANDARD')).toEqual([]);
    expect(said(definition, 'EXPRESS')).toEqual([
      "SCHEMA_VALIDATION_FAILED Express state machine does not support '.waitForTaskToken' service integration  @ /States/S/Resource",
    ]);
  });

  it('refuses the same state name twice in one machine', () => {
    const inner = { StartAt: 'S', States: { S: PASS } };
    expect(said(machine({ Type: 'Parallel', Branches: [inner], End: true }))).toEqual([
      'DUPLICATE_STATE_NAME Duplicate State name: S @ /States/S/Branches[0]/States/S',
    ]);
  });

  it('allows names inside steps, predicates and functions of JSONata', () => {
    const expression = '{% $states.input.items[price > 1].name ~> $map(function($n) { $n }) %}';
    expect(said(machine({ ...PASS, Output: expression }, { QueryLanguage: 'JSONata' }))).toEqual([]);
  });

  it.each([
    ['deep nesting', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['an unfinished deep nesting', '['.repeat(200_000)],
    ['prototype names', '{"StartAt":"__proto__","States":{"__proto__":{"Type":"constructor"}}}'],
    ['values of wrong types', '{"StartAt":1,"States":{"S":null,"T":{"Type":"Map","Catch":{},"ItemProcessor":[]}}}'],
    ['null', 'null'],
  ])('answers %s with diagnostics and lives', (_, definition) => {
    expect(validateDefinition(definition, 'STANDARD').length).toBeGreaterThan(0);
  });
});
