import { IntervalMemory } from '../../../local/kernel/interval-memory';
import { LinkedKeys } from '../../../local/kernel/linked-keys';
import { SeededRandom } from '../../../local/kernel/random';
import { MemoryJournal } from '../../support/memory-journal';

describe('linked keys', () => {
  it('are as those of a Set through any sequence of steps', () => {
    const random = new SeededRandom('keys');
    const [linked, set] = [new LinkedKeys(), new Set<string>()];
    for (let i = 0; i < 5000; i++) {
      const key = `k${Math.floor(random.next() * 50)}`;
      if (random.next() < 0.5) {
        linked.add(key);
        set.add(key);
      } else {
        linked.delete(key);
        set.delete(key);
      }
      expect([linked.first, linked.size]).toEqual([[...set][0], set.size]);
    }
    expect([...linked]).toEqual([...set]);
    linked.clear();
    expect([[...linked], linked.first]).toEqual([[], undefined]);
  });
});

describe('what is remembered for an interval', () => {
  it('is found until the interval is over, which a change does not begin anew', () => {
    const journal = new MemoryJournal();
    const memory = new IntervalMemory<string>(journal.collection('m'), 100);
    memory.remember('a', 'x', 'first', 0);
    memory.remember('a', 'y', 'other', 50);
    memory.replace('a', 'x', 'changed');
    expect([memory.find('a', 'x', 99), memory.find('b', 'x', 99)]).toEqual(['changed', undefined]);
    expect([memory.find('a', 'x', 100), memory.find('a', 'y', 100)]).toEqual([undefined, 'other']);
    journal.commit();
    expect(journal.count('m')).toBe(1);
  });

  it('is durable in order of time, and goes with its owner', () => {
    let journal = new MemoryJournal();
    const before = new IntervalMemory<string>(journal.collection('m'), 100);
    before.remember('a', 'x', '1', 0);
    before.remember('b', 'x', '2', 10);
    before.remember('a', 'x', '3', 20);
    journal = journal.reopened();
    const after = new IntervalMemory<string>(journal.collection('m'), 100);
    expect([after.find('b', 'x', 110), after.find('a', 'x', 110)]).toEqual([undefined, '3']);
    after.forgetOwner('a');
    expect(after.find('a', 'x', 110)).toBeUndefined();
    journal.commit();
    expect(journal.count('m')).toBe(0);
  });
});
