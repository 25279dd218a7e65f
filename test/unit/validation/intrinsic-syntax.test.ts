import { isIntrinsicCall } from '../../../local/engine/validation/intrinsic-syntax';

describe('isIntrinsicCall', () => {
  it.each([
    "States.Format('{} and {}', $.a, States.MathAdd($.b, -1))",
    "States.Array($['x,y'], true, null, 1.5)",
    "States.StringSplit('it\\'s \\{braced\\}', ',')",
    'States.UUID()',
    'States.ArrayGetItem($list[?(@.a == "(")], 0)',
  ])('takes %s', (text) => {
    expect(isIntrinsicCall(text)).toBe(true);
  });

  it.each([
    'States.Format',
    "States.Format('unfinished)",
    "States.Format('{}' $.a)",
    'States.Format(\'an escaped \\"quote\\"\')',
    'States.UUID() and more',
    'Format()',
    '',
  ])('rejects %s', (text) => {
    expect(isIntrinsicCall(text)).toBe(false);
  });
});
