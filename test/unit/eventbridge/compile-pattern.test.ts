import { compilePattern } from '../../../local/services/eventbridge/pattern/compile-pattern';

const event = {
  source: 'shop',
  'detail-type': 'OrderPlaced',
  resources: ['arn:aws:s3:::one', 'arn:aws:s3:::two'],
  detail: {
    state: 'RUNNING',
    count: 5,
    price: 3.018e2,
    ip: '10.0.0.17',
    ip6: '2001:db8::5',
    file: 'a/b/report.png',
    stars: 'a*b\\c',
    nothing: null,
    flag: true,
    empty: [],
    tags: ['red', 'green'],
    lines: [
      { sku: 'a', quantity: 1 },
      { sku: 'b', quantity: 2 },
    ],
    nested: { deep: { value: 'x' } },
  },
};

const matches = (pattern: object) => compilePattern(JSON.stringify(pattern))(event);
const detail = (pattern: object) => matches({ detail: pattern });

describe('event patterns match', () => {
  it.each<[string, object]>([
    ['an exact value', { state: ['RUNNING'] }],
    ['one of several values', { state: ['STOPPED', 'RUNNING'] }],
    ['a number in another notation', { price: [301.8] }],
    ['null', { nothing: [null] }],
    ['a boolean', { flag: [true] }],
    ['any element of an array', { tags: ['green'] }],
    ['fields of one element of an array of objects', { lines: { sku: ['b'], quantity: [2] } }],
    ['a nested field', { nested: { deep: { value: ['x'] } } }],
    ['a prefix', { state: [{ prefix: 'RUN' }] }],
    ['a prefix in any case', { state: [{ prefix: { 'equals-ignore-case': 'run' } }] }],
    ['a suffix', { file: [{ suffix: '.png' }] }],
    ['a suffix in any case', { file: [{ suffix: { 'equals-ignore-case': '.PNG' } }] }],
    ['a value in any case', { state: [{ 'equals-ignore-case': 'running' }] }],
    ['a wildcard', { file: [{ wildcard: 'a/*/report.*' }] }],
    ['a wildcard with escapes', { stars: [{ wildcard: 'a\\*b\\\\*' }] }],
    ['a numeric equality', { count: [{ numeric: ['=', 5] }] }],
    ['a numeric range', { count: [{ numeric: ['>', 0, '<=', 5] }] }],
    ['an IPv4 block', { ip: [{ cidr: '10.0.0.0/24' }] }],
    ['an IPv6 block', { ip6: [{ cidr: '2001:db8::/32' }] }],
    ['a field that exists', { count: [{ exists: true }] }],
    ['a field that exists with null', { nothing: [{ exists: true }] }],
    ['a field that does not exist', { missing: [{ exists: false }] }],
    ['a nested field that does not exist', { missing: { deep: [{ exists: false }] } }],
    ['an object where no leaf may be', { nested: [{ exists: false }] }],
    ['an empty array as absent', { empty: [{ exists: false }] }],
    ['anything but a value', { state: [{ 'anything-but': 'STOPPED' }] }],
    ['anything but several values', { state: [{ 'anything-but': ['STOPPED', 'GONE'] }] }],
    ['anything but numbers', { count: [{ 'anything-but': [1, 2] }] }],
    ['anything but a prefix', { state: [{ 'anything-but': { prefix: 'STOP' } }] }],
    ['anything but several prefixes', { state: [{ 'anything-but': { prefix: ['STOP', 'GO'] } }] }],
    ['anything but a suffix', { file: [{ 'anything-but': { suffix: '.jpg' } }] }],
    ['anything but a wildcard', { file: [{ 'anything-but': { wildcard: '*.jpg' } }] }],
    ['anything but a value in any case', { state: [{ 'anything-but': { 'equals-ignore-case': ['stopped'] } }] }],
    ['one element of an array that is anything but', { tags: [{ 'anything-but': 'red' }] }],
    ['one branch of $or', { $or: [{ count: [9] }, { state: ['RUNNING'] }] }],
    ['an alternative of absence', { missing: ['x', { exists: false }] }],
  ])('%s', (_what, pattern) => {
    expect(detail(pattern)).toBe(true);
  });

  it('fields of the envelope', () => {
    expect(matches({ source: ['shop'], 'detail-type': ['OrderPlaced'], resources: [{ suffix: 'two' }] })).toBe(true);
  });
});

describe('event patterns do not match', () => {
  it.each<[string, object]>([
    ['another value', { state: ['STOPPED'] }],
    ['a string for a number', { count: ['5'] }],
    ['when one of two fields differs', { state: ['RUNNING'], count: [6] }],
    ['fields of different elements', { lines: { sku: ['a'], quantity: [2] } }],
    ['a scalar where an object is', { nested: ['x'] }],
    ['an object where a scalar is', { state: { deep: ['x'] } }],
    ['a missing field by anything-but', { missing: [{ 'anything-but': 'x' }] }],
    ['the value that anything-but names', { state: [{ 'anything-but': ['RUNNING'] }] }],
    ['the prefix that anything-but names', { state: [{ 'anything-but': { prefix: 'RUN' } }] }],
    ['a number outside of the range', { count: [{ numeric: ['>', 5] }] }],
    ['a string by a numeric comparison', { state: [{ numeric: ['>', 0] }] }],
    ['an address outside of the block', { ip: [{ cidr: '10.0.1.0/24' }] }],
    ['a wildcard whose ends overlap', { state: [{ wildcard: 'RUNNING*G' }] }],
    ['a field that exists', { state: [{ exists: false }] }],
    ['an object by exists', { nested: [{ exists: true }] }],
    ['a field of every object', { constructor: [{ exists: true }] }],
    ['no branch of $or', { $or: [{ count: [9] }, { state: ['STOPPED'] }] }],
  ])('%s', (_what, pattern) => {
    expect(detail(pattern)).toBe(false);
  });
});

describe('event patterns', () => {
  it.each<[string, string, string]>([
    ['text that is no object', '[]', 'Filter is not an object'],
    ['an empty object', '{"detail":{}}', 'Empty objects are not allowed'],
    ['an empty array', '{"detail":[]}', 'Empty arrays are not allowed'],
    ['a bare value', '{"source":"x"}', '"source" must be an object or an array'],
    ['an unknown comparison', '{"source":[{"like":"x"}]}', 'Unrecognized match type like'],
    ['two comparisons in one', '{"source":[{"prefix":"x","suffix":"y"}]}', 'Only one key allowed in match expression'],
    ['a list as a suffix', '{"source":[{"suffix":["x"]}]}', 'suffix match pattern must be a string'],
    ['exists without a boolean', '{"source":[{"exists":"x"}]}', 'exists match pattern must be either true or false.'],
    ['an unknown operator', '{"source":[{"numeric":["!",1]}]}', 'Unrecognized numeric range operator: !'],
    ['a bound that is no number', '{"source":[{"numeric":[">","1"]}]}', 'Value of > must be numeric'],
    ['a range upside down', '{"source":[{"numeric":[">",5,"<",1]}]}', 'Bottom must be less than top'],
    ['mixed anything-but', '{"source":[{"anything-but":["a",1]}]}', 'mixed type is not supported'],
    ['one branch of $or', '{"$or":[{"source":["x"]}]}', 'There must have at least 2 Objects in $or relationship.'],
    ['two stars in a row', '{"source":[{"wildcard":"a**"}]}', 'Consecutive wildcard characters at pos 2'],
    ['a CIDR without bits', '{"source":[{"cidr":"10.0.0.0"}]}', "one '/' required"],
  ])('reject %s', (_what, pattern, reason) => {
    expect(() => compilePattern(pattern)).toThrow(
      expect.objectContaining({
        code: 'InvalidEventPatternException',
        message: expect.stringMatching(/^Event pattern is not valid. Reason: /),
      }),
    );
    expect(() => compilePattern(pattern)).toThrow(reason);
  });
});
