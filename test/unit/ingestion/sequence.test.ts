import { compareSequences, sequenceOf } from '../../../lambdas/ingestion/domain/sequence';

describe('sequences of one key', () => {
  it.each([
    ['0055AED6DCD90281E5', '0055AED6DCD90281E6'],
    // AWS compares sequencers of different lengths from the left: the shorter one gets zeros to its right.
    ['0055AED6DCD90281E5', '0055AED6DCD90281E501'],
    ['0055AED6DCD90281E5FF', '0055AED6DCD90281E6'],
  ])('puts the sequencer %s before %s, whatever the clocks say', (earlier, later) => {
    expect(compareSequences(sequenceOf(2_000, earlier), sequenceOf(1_000, later))).toBeLessThan(0);
    expect(compareSequences(sequenceOf(1_000, later), sequenceOf(2_000, earlier))).toBeGreaterThan(0);
  });

  it('orders what has no sequencer by its time', () => {
    expect(compareSequences(sequenceOf(1_000), sequenceOf(2_000, '01'))).toBeLessThan(0);
    expect(compareSequences(sequenceOf(1_000), sequenceOf(1_000))).toBe(0);
  });

  it('rejects a sequencer that is none', () => {
    expect(() => sequenceOf(1_000, 'xyz')).toThrow('got xyz');
  });
});
