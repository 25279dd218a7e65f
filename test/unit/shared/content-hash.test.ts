import fc from 'fast-check';
import { contentHash } from '../../../lambdas/shared/content-hash';

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

describe('contentHash', () => {
  it('does not depend on the order of members', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(contentHash(reversed(value))).toBe(contentHash(value))));
  });

  it('tells apart arrays of another order, numbers from texts, and nesting from its flat form', () => {
    const values = [[1, 2], [2, 1], ['1', '2'], { a: { b: 1 } }, { a: 1, b: 1 }, '{"a":1,"b":1}', null, ''];
    expect(new Set(values.map(contentHash)).size).toBe(values.length);
  });

  it('ignores members that are undefined', () => {
    expect(contentHash({ a: 1, b: undefined })).toBe(contentHash({ a: 1 }));
  });
});
