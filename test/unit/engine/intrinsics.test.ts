import { runMachine } from '../../support/run-machine';

async function evaluate(call: string, input: unknown = {}) {
  const definition = { StartAt: 'P', States: { P: { Type: 'Pass', Parameters: { 'r.$': call }, End: true } } };
  const result = await runMachine(definition, { input });
  return result.status === 'SUCCEEDED' ? result.output.r : { error: result.error, cause: result.cause };
}

describe('intrinsic functions', () => {
  it.each([
    ["States.Array(1, 'a', true, null, $.x)", [1, 'a', true, null, 5]],
    ['States.Array()', []],
    ['States.ArrayPartition($.list, 2)', [[1, 2], [3]]],
    ['States.ArrayContains($.list, 3)', true],
    ['States.ArrayContains($.list, 4)', false],
    ['States.ArrayRange(1, 9, 4)', [1, 5, 9]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayGetItem($.list, 1)', 2],
    ['States.ArrayLength($.list)', 3],
    ['States.ArrayUnique(States.Array(1, 1, 2, $.list, $.list))', [1, 2, [1, 2, 3]]],
    ["States.Base64Encode('Grüße')", 'R3LDvMOfZQ=='],
    ["States.Base64Decode('R3LDvMOfZQ==')", 'Grüße'],
    ["States.Hash('abc', 'MD5')", '900150983cd24fb0d6963f7d28e17f72'],
    ["States.Hash('abc', 'SHA-1')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    [
      'States.JsonMerge(States.StringToJson(\'{"a":1,"b":{"c":1}}\'), States.StringToJson(\'{"b":{"d":2}}\'), false)',
      { a: 1, b: { d: 2 } },
    ],
    ['States.JsonToString($.list)', '[1,2,3]'],
    ["States.Format('{} and {}: \\{\\}', 'a', $.list)", 'a and [1,2,3]: {}'],
    ["States.Format('it\\'s {}', 1.5)", "it's 1.5"],
    ['States.MathAdd(111, -1)', 110],
    ["States.StringSplit('1,2;;3', ',;')", ['1', '2', '3']],
    ['States.MathRandom(7, 7)', 7],
  ])('%s gives %j', async (call, expected) => {
    expect(await evaluate(call, { x: 5, list: [1, 2, 3] })).toEqual(expected);
  });

  it('gives the same random number for the same seed', async () => {
    const first = await evaluate('States.MathRandom(0, 1000000, 42)');
    expect(await evaluate('States.MathRandom(0, 1000000, 42)')).toBe(first);
  });

  it('gives UUIDs of version 4', async () => {
    expect(await evaluate('States.UUID()')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it.each([
    'States.ArrayPartition($.list, 0)',
    'States.ArrayRange(0, 5000, 1)',
    'States.ArrayRange(0, 5, 0)',
    'States.ArrayGetItem($.list, 9)',
    'States.ArrayLength(5)',
    "States.Base64Decode('%%%')",
    "States.Hash('a', 'CRC32')",
    'States.JsonMerge($, $, true)',
    "States.StringToJson('{')",
    "States.Format('{}')",
    "States.MathAdd('1', 2)",
  ])('fails with States.IntrinsicFailure for %s', async (call) => {
    expect(await evaluate(call, { list: [1, 2, 3] })).toMatchObject({
      error: 'States.IntrinsicFailure',
      cause: expect.stringContaining("An error occurred while executing the state 'P' (entered at the event id #2)."),
    });
  });

  it.each(['States.Nothing()', 'States.Array(', "States.Format('a", 'States.Array(1 2)', 'States.UUID(1)'])(
    'fails with States.Runtime for the text %s, which is no call',
    async (call) => {
      expect(await evaluate(call)).toMatchObject({ error: 'States.Runtime' });
    },
  );
});
