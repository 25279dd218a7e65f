import { SeededRandom } from '../../../local/kernel/random';
import { TimeHeap } from '../../../local/kernel/time-heap';

describe('ids in order of time', () => {
  it('come out earliest first, whatever the order in which they went in', () => {
    const random = new SeededRandom('heap');
    const heap = new TimeHeap(() => true);
    const times = Array.from({ length: 500 }, () => Math.floor(random.next() * 1000));
    for (const atMs of times) heap.push(atMs, String(atMs));
    const out: number[] = [];
    for (let next = heap.takeDue(1000); next; next = heap.takeDue(1000)) out.push(next.atMs);
    expect(out).toEqual([...times].sort((a, b) => a - b));
  });

  it('come out in the order in which they went in when their times are the same', () => {
    const heap = new TimeHeap(() => true);
    for (let i = 0; i < 100; i++) heap.push(5, `m${i}`);
    const out: string[] = [];
    for (let next = heap.takeDue(5); next; next = heap.takeDue(5)) out.push(next.id);
    expect(out).toEqual(Array.from({ length: 100 }, (_, i) => `m${i}`));
  });

  it('stay until they are due', () => {
    const heap = new TimeHeap(() => true);
    heap.push(10, 'a');
    expect(heap.takeDue(9)).toBeUndefined();
    expect(heap.takeDue(10)).toMatchObject({ atMs: 10, id: 'a' });
    expect(heap.peek()).toBeUndefined();
  });

  it('are forgotten once they are dead, so that they do not pile up', () => {
    const live = new Map<string, number>();
    const heap = new TimeHeap((id, atMs) => live.get(id) === atMs);
    for (let i = 0; i < 50_000; i++) {
      const id = `m${i % 10}`;
      const atMs = 1_000_000 - i;
      live.set(id, atMs);
      heap.push(atMs, id);
    }
    expect((heap as any).entries.length).toBeLessThan(2048);
    const out: number[] = [];
    for (let next = heap.takeDue(2_000_000); next; next = heap.takeDue(2_000_000)) out.push(next.atMs);
    expect(out).toEqual([...live.values()].sort((a, b) => a - b));
  });
});
