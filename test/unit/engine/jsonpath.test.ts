import { JsonPathSyntaxError } from '../../../local/engine/data/jsonpath/cursor';
import { parsePath } from '../../../local/engine/data/jsonpath/parse';
import { isReferencePath } from '../../../local/engine/data/jsonpath/path';
import { readJsonPath } from '../../../local/engine/data/jsonpath/read';
import { writeAtPath } from '../../../local/engine/data/jsonpath/write';

const data = {
  store: {
    books: [
      { title: 'A', price: 8, tags: ['x'] },
      { title: 'B', price: 12 },
      { title: 'C', price: 22, tags: ['y', 'z'] },
    ],
    open: true,
  },
  'key with space': 1,
};

const read = (path: string, from: any = data) => readJsonPath(parsePath(path), from);

describe('reading a JSONPath', () => {
  it.each([
    ['$', data],
    ['$.store.open', true],
    ["$['store']['open']", true],
    ["$['key with space']", 1],
    ['$.store.books[0].title', 'A'],
    ['$.store.books[-1].title', 'C'],
    ['$.store.books[*].title', ['A', 'B', 'C']],
    ['$.store.books[0,2].price', [8, 22]],
    ['$.store.books[0:2].price', [8, 12]],
    ['$.store.books[1:].price', [12, 22]],
    ['$.store.books[-2:].price', [12, 22]],
    ['$.store.books[::2].price', [8, 22]],
    ['$..price', [8, 12, 22]],
    ['$..tags[0]', ['x', 'y']],
    ['$.store.books[?(@.price > 10)].title', ['B', 'C']],
    ["$.store.books[?(@.title == 'A' || @.price >= 22)].title", ['A', 'C']],
    ['$.store.books[?(@.tags)].title', ['A', 'C']],
    ['$.store.books[?(!(@.tags))].title', ['B']],
    ["$.store.books[?(@.title in ['A','B'])].price", [8, 12]],
    ["$.store['books','open']", [data.store.books, true]],
  ])('%s gives its value', (path, expected) => {
    expect(read(path)).toEqual(expected);
  });

  it('gives an empty array for an indefinite path that leads nowhere', () => {
    expect(read('$.nothing.items[1:5]', {})).toEqual([]);
    expect(read('$.store.books[?(@.price > 100)]')).toEqual([]);
  });

  it.each([
    ['$.missing', "No results for path: $['missing']"],
    ['$.missing.deeper', "Missing property in path $['missing']"],
    ['$.store.books[7]', "No results for path: $['store']['books'][7]"],
  ])('fails for the definite path %s that leads nowhere', (path, message) => {
    expect(() => read(path)).toThrow(message);
  });

  it('does not see inherited members', () => {
    expect(() => read('$.constructor', {})).toThrow('No results');
    expect(() => read('$.__proto__', {})).toThrow('No results');
    expect(read('$.__proto__.a', JSON.parse('{"__proto__":{"a":1}}'))).toBe(1);
  });

  it.each(['', 'store', '$.', '$.store[', "$['a", '$.a[?(@.b]', '$.items.length()', '$.a b'])(
    'rejects the text %j as a path',
    (text) => {
      expect(() => parsePath(text)).toThrow(JsonPathSyntaxError);
    },
  );

  it('rejects filters nested without end rather than exhausting the stack', () => {
    const text = `$${'[?(@'.repeat(100_000)}`;
    expect(() => parsePath(text)).toThrow(JsonPathSyntaxError);
  });

  it('tells reference paths from others', () => {
    expect(isReferencePath(parsePath('$.a.b[0]'))).toBe(true);
    expect(isReferencePath(parsePath('$.a[*]'))).toBe(false);
    expect(isReferencePath(parsePath('$..a'))).toBe(false);
  });
});

describe('writing at a reference path', () => {
  const write = (path: string, input: any, result: any) => writeAtPath(parsePath(path), input, result);

  it('replaces, adds and makes objects on the way, without touching the input', () => {
    const input = { a: { b: 1 }, list: [1, 2] };
    expect(write('$.a.b', input, 2)).toEqual({ a: { b: 2 }, list: [1, 2] });
    expect(write('$.new.deep', input, 3)).toEqual({ ...input, new: { deep: 3 } });
    expect(write('$.list[1]', input, 9)).toEqual({ a: { b: 1 }, list: [1, 9] });
    expect(input).toEqual({ a: { b: 1 }, list: [1, 2] });
  });

  it('writes a member named __proto__ as data', () => {
    const result = write('$.__proto__.polluted', {}, true) as any;
    expect(Object.hasOwn(result, '__proto__')).toBe(true);
    expect(({} as any).polluted).toBeUndefined();
  });

  it('fails with States.ResultPathMatchFailure where the input has no place for it', () => {
    expect(() => write('$.a.b', { a: 'text' }, 1)).toThrow('States.ResultPathMatchFailure');
    expect(() => write('$.list[5]', { list: [] }, 1)).toThrow('States.ResultPathMatchFailure');
  });
});
