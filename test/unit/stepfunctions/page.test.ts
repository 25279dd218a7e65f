import { Pager } from '../../../local/services/stepfunctions/page';

describe('Pager', () => {
  const pager = new Pager(Buffer.alloc(32, 1));
  const evens = (n: number) => (n % 2 === 0 ? n : undefined);

  it('skips nothing and repeats nothing when the list grows between pages', () => {
    const list = [1, 2, 3, 4];
    const first = pager.backwards(list, { maxResults: 1 }, 'l', evens);
    expect(first.items).toEqual([4]);
    list.push(5, 6);
    const second = pager.backwards(list, { maxResults: 1, nextToken: first.nextToken }, 'l', evens);
    expect(second).toEqual({ items: [2] });
  });

  it('gives no token after the last page', () => {
    expect(pager.forwards([1, 2], { maxResults: 2 }, 'l')).toEqual({ items: [1, 2] });
  });

  it('rejects the token of another list', () => {
    const { nextToken } = pager.forwards([1, 2], { maxResults: 1 }, 'a');
    expect(() => pager.forwards([1, 2], { nextToken }, 'b')).toThrow("Invalid Token: 'Invalid token'");
  });
});
