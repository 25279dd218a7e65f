import { RequestLimit } from '../../../local/services/bedrock/request-limit';

const admitted = (limit: RequestLimit, times: number[]) => times.map((atMs) => limit.admits(atMs));

it('admits everything without a limit', () => {
  expect(admitted(new RequestLimit(), Array(1000).fill(0))).not.toContain(false);
});

it("admits a second's worth at once, and then as many as time brings", () => {
  const limit = new RequestLimit();
  limit.set(2);
  expect(admitted(limit, [0, 0, 0, 499, 500, 500, 10_000, 10_000, 10_000])).toEqual([
    true,
    true,
    false,
    false,
    true,
    false,
    true,
    true,
    false,
  ]);
});

it('admits one request in two seconds at half a request a second', () => {
  const limit = new RequestLimit();
  limit.set(0.5);
  expect(admitted(limit, [0, 1000, 2000, 2001])).toEqual([true, false, true, false]);
});
