import { findVariableReferences } from '../../../local/engine/validation/variable-references';

const references = (states: object, more: object = {}) =>
  findVariableReferences(JSON.stringify({ StartAt: 'A', States: states, ...more }));

describe('findVariableReferences', () => {
  it('finds variables in paths, templates and intrinsic functions, not in the input or the context', () => {
    expect(
      references({
        A: {
          Type: 'Pass',
          InputPath: '$order.id',
          Parameters: {
            'a.$': "States.Format('$text {}', $name)",
            'b.$': '$.input',
            'c.$': '$$.Execution.Id',
            plain: '$plain',
          },
          Assign: { own: 1 },
          End: true,
        },
      }),
    ).toEqual({ A: ['name', 'order'] });
  });

  it('finds variables of JSONata that the expression does not bind itself', () => {
    const Output =
      '{% ($local := $given; $sum($local) + $other + $map([1], function($x) { $x + $outer })[0] + ([1] ~> $sum)) %}';
    expect(references({ A: { Type: 'Pass', Output, End: true } }, { QueryLanguage: 'JSONata' })).toEqual({
      A: ['given', 'other', 'outer'],
    });
  });

  it('keeps the states inside a Map apart from the Map', () => {
    const ItemProcessor = { StartAt: 'B', States: { B: { Type: 'Pass', InputPath: '$inner', End: true } } };
    expect(references({ A: { Type: 'Map', ItemsPath: '$list', ItemProcessor, End: true } })).toEqual({
      A: ['list'],
      B: ['inner'],
    });
  });
});
