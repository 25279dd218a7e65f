import { afterPrefix, compareKeys } from '../../../local/services/s3/key-order';
import { listPage } from '../../../local/services/s3/listing';

const page = (keys: string[], request: object) =>
  listPage(keys, { prefix: '', delimiter: '', after: '', limit: 1000, ...request }, () => true);

describe('keys', () => {
  it('stand in the order of their UTF-8, also where UTF-16 differs', () => {
    const keys = ['b', 'a', '', '\uffee', '😀', 'ab', '\ud7ff'];
    const byBytes = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...keys].sort(compareKeys)).toEqual(byBytes);
  });

  it('have a first text after all that begin with a prefix', () => {
    expect([afterPrefix('a/'), afterPrefix('a\u{10ffff}'), afterPrefix('\ud7ff'), afterPrefix('')]).toEqual([
      'a0',
      'b',
      '\ue000',
      undefined,
    ]);
  });
});

describe('a page', () => {
  const KEYS = ['a', 'd/1', 'd/2', 'd/e/3', 'd0', 'z'];

  it('counts a group once, and goes on after all of it', () => {
    const first = page(KEYS, { delimiter: '/', limit: 2 });
    expect(first).toEqual({ keys: ['a'], groups: ['d/'], isTruncated: true, last: 'd/' });
    expect(page(KEYS, { delimiter: '/', limit: 2, after: first.last })).toEqual({
      keys: ['d0', 'z'],
      groups: [],
      isTruncated: false,
      last: 'z',
    });
  });

  it('begins at the prefix and ends with it', () => {
    expect(page(KEYS, { prefix: 'd/' }).keys).toEqual(['d/1', 'd/2', 'd/e/3']);
    expect(page(KEYS, { prefix: 'd/', after: 'a' }).keys).toEqual(['d/1', 'd/2', 'd/e/3']);
  });

  it('is not truncated when nothing follows, and never when it has no room', () => {
    expect(page(KEYS, { limit: 6 }).isTruncated).toBe(false);
    expect(page(KEYS, { limit: 0 })).toEqual({ keys: [], groups: [], isTruncated: false, last: '' });
  });
});
