import { TokenBucket } from '../../../local/services/apigateway/token-bucket';

describe('a token bucket', () => {
  it('lets a burst through, then as many as the rate refills', () => {
    const bucket = new TokenBucket(2, 3);
    const taken = (nowMs: number, count: number) => Array.from({ length: count }, () => bucket.take(nowMs));
    expect(taken(0, 4)).toEqual([true, true, true, false]);
    expect(taken(499, 1)).toEqual([false]);
    expect(taken(500, 2)).toEqual([true, false]);
    expect(taken(60_000, 4)).toEqual([true, true, true, false]);
  });
});
