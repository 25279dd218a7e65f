import fc from 'fast-check';
import { mergeLines, mergeOrderLines, priceLines } from '../../../lambdas/orders/domain/order-line';

const sku = fc.constantFrom('book', 'lamp', 'chair', 'desk');
const lines = fc.array(fc.record({ sku, quantity: fc.integer({ min: 1, max: 1000 }) }), {
  minLength: 1,
  maxLength: 50,
});
const pieces = (some: readonly { quantity: number }[]) => some.reduce((sum, { quantity }) => sum + quantity, 0);

describe('mergeLines', () => {
  it('keeps every piece of every product and names each product once, in order of first mention', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const merged = mergeLines(given);
        expect(merged.map((line) => line.sku)).toEqual([...new Set(given.map((line) => line.sku))]);
        for (const { sku: product, quantity } of merged) {
          expect(quantity).toBe(pieces(given.filter((line) => line.sku === product)));
        }
      }),
    );
  });

  it('changes nothing when it merges again', () => {
    fc.assert(fc.property(lines, (given) => expect(mergeLines(mergeLines(given))).toEqual(mergeLines(given))));
  });
});

describe('mergeOrderLines', () => {
  it('rejects lines that together ask for more than 1000 pieces of a product', () => {
    const split = [
      { sku: 'book', quantity: 600 },
      { sku: 'lamp', quantity: 1 },
      { sku: 'book', quantity: 401 },
    ];
    expect(() => mergeOrderLines(split)).toThrow('The lines of book ask for 1001 pieces together; at most 1000');
    expect(mergeOrderLines(split.slice(0, 2))).toHaveLength(2);
  });
});

describe('priceLines', () => {
  const catalogue = new Map([
    ['book', 1250],
    ['lamp', 0],
  ]);

  it('sums what each line costs in whole cents', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (books, lamps) => {
        const given = [
          { sku: 'book', quantity: books },
          { sku: 'lamp', quantity: lamps },
        ];
        const priced = priceLines(given, catalogue);
        expect(priced.totalCents).toBe(books * 1250);
        expect(priced.lines).toEqual([
          { sku: 'book', quantity: books, unitPriceCents: 1250 },
          { sku: 'lamp', quantity: lamps, unitPriceCents: 0 },
        ]);
        expect(priced.unknownSkus).toEqual([]);
      }),
    );
  });

  it('names the products that the catalogue does not know, and takes a price of 0 as a price', () => {
    const given = [
      { sku: 'lamp', quantity: 1 },
      { sku: 'ghost', quantity: 1 },
    ];
    expect(priceLines(given, catalogue).unknownSkus).toEqual(['ghost']);
  });
});
