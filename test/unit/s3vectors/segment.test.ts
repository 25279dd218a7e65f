import fc from 'fast-check';
import { segmentOf } from '../../../local/services/s3vectors/vectors/segment';

describe('segmentOf', () => {
  it('puts every key into one of the segments', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 16 }), (key, count) => {
        const segment = segmentOf(key, count);
        expect(segment).toBeGreaterThanOrEqual(0);
        expect(segment).toBeLessThan(count);
        expect(Number.isInteger(segment)).toBe(true);
      }),
    );
  });
});
