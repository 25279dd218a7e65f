import { passesFilters, readFilterPattern } from '../../../local/services/lambda/mappings/filter-pattern';

const matches = (pattern: object, record: unknown) =>
  passesFilters([readFilterPattern(JSON.stringify(pattern))], record);

describe('a filter', () => {
  it.each<[string, object, unknown, boolean]>([
    ['an exact value', { a: ['x'] }, { a: 'x' }, true],
    ['another value', { a: ['x'] }, { a: 'y' }, false],
    ['a missing member', { a: ['x'] }, {}, false],
    ['null', { a: [null] }, { a: null }, true],
    ['a number', { a: [1] }, { a: 1 }, true],
    ['a number that is text', { a: [1] }, { a: '1' }, false],
    ['one of several', { a: ['x', 'y'] }, { a: 'y' }, true],
    ['a value in an array', { a: ['x'] }, { a: ['w', 'x'] }, true],
    ['all members', { a: ['x'], b: ['y'] }, { a: 'x', b: 'z' }, false],
    ['a nested member', { a: { b: ['x'] } }, { a: { b: 'x' } }, true],
    ['a prefix', { a: [{ prefix: 'ab' }] }, { a: 'abc' }, true],
    ['a suffix', { a: [{ suffix: 'bc' }] }, { a: 'abc' }, true],
    ['a suffix in front', { a: [{ suffix: 'ab' }] }, { a: 'abc' }, false],
    ['anything but', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, true],
    ['anything but this', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'y' }, false],
    ['anything but a prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'xy' }, false],
    ['anything but, of nothing', { a: [{ 'anything-but': ['x'] }] }, {}, false],
    ['a range', { a: [{ numeric: ['>', 1, '<=', 5] }] }, { a: 5 }, true],
    ['beyond a range', { a: [{ numeric: ['>', 1, '<=', 5] }] }, { a: 6 }, false],
    ['existence', { a: [{ exists: true }] }, { a: '' }, true],
    ['existence of nothing', { a: [{ exists: true }] }, {}, false],
    ['absence', { a: [{ exists: false }] }, { b: 1 }, true],
    ['another case', { a: [{ 'equals-ignore-case': 'AbC' }] }, { a: 'aBc' }, true],
    ['one side of $or', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, true],
    ['no side of $or', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'z' }, false],
  ])('decides on %s', (_, pattern, record, expected) => {
    expect(matches(pattern, record)).toBe(expected);
  });

  it('lets everything pass where there is none', () => {
    expect(passesFilters([], { a: 1 })).toBe(true);
  });

  it.each([
    ['no JSON', 'x'],
    ['an empty pattern', '{}'],
    ['a value outside an array', '{"a":"x"}'],
    ['an empty array', '{"a":[]}'],
    ['an unknown operator', '{"a":[{"like":"x"}]}'],
    ['two operators', '{"a":[{"prefix":"x","suffix":"y"}]}'],
    ['half a range', '{"a":[{"numeric":[">"]}]}'],
  ])('rejects %s', (_, text) => {
    expect(() => readFilterPattern(text)).toThrow('Invalid filter pattern definition.');
  });
});
