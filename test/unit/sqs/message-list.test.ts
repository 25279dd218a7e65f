import { MessageList } from '../../../local/services/sqs/message-list';
import type { Message } from '../../../local/services/sqs/model';

const RETENTION_MS = 1_000_000_000;

function message(id: string, more: Partial<Message> = {}): Message {
  return {
    id,
    body: id,
    bodyMd5: '',
    attributes: {},
    senderId: 's',
    sentAtMs: 0,
    state: 'visible',
    visibleAtMs: 0,
    receiveCount: 0,
    ...more,
  };
}

function takeAll(list: MessageList, visibleAtMs: number): string[] {
  const taken: string[] = [];
  for (let next = list.firstVisible(); next; next = list.firstVisible()) {
    list.hide(next, visibleAtMs);
    taken.push(next.id);
  }
  return taken;
}

describe('the messages of a queue', () => {
  it('come out in the order in which they became visible', () => {
    const list = new MessageList();
    list.add(message('late', { state: 'delayed', visibleAtMs: 20 }));
    list.add(message('soon', { state: 'delayed', visibleAtMs: 10 }));
    list.add(message('now'));
    list.advance(20, RETENTION_MS);
    expect(takeAll(list, 100)).toEqual(['now', 'soon', 'late']);
  });

  it('become visible at the time that was set last', () => {
    const list = new MessageList();
    list.add(message('a'));
    list.hide(list.firstVisible()!, 10);
    list.reschedule(list.get('a')!, 50);
    list.advance(10, RETENTION_MS);
    expect(list.firstVisible()).toBeUndefined();
    expect(list.nextVisibleAtMs()).toBe(50);
    list.advance(50, RETENTION_MS);
    expect(takeAll(list, 100)).toEqual(['a']);
  });

  it('go with their age whatever their state', () => {
    const list = new MessageList();
    list.add(message('old'));
    list.add(message('held'));
    list.add(message('young', { sentAtMs: 60 }));
    list.hide(list.firstVisible()!, 1000);
    list.advance(100, 100);
    expect([list.get('old'), list.get('held')]).toEqual([undefined, undefined]);
    expect(list.counts).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    expect(list.oldestSentAtMs()).toBe(60);
  });

  it('are counted by state through any sequence of steps', () => {
    const list = new MessageList();
    const counted = () => {
      const counts = { visible: 0, inFlight: 0, delayed: 0 };
      for (let i = 0; i < 2000; i++) {
        const state = list.get(`m${i}`)?.state;
        if (state) counts[state]++;
      }
      return counts;
    };
    for (let i = 0; i < 2000; i++) {
      list.add(message(`m${i}`, i % 7 === 0 ? { state: 'delayed', visibleAtMs: i } : {}));
      if (i % 3 === 0) {
        const next = list.firstVisible();
        if (next) list.hide(next, i + (i % 40));
      }
      if (i % 5 === 0) {
        const doomed = list.get(`m${i >> 1}`);
        if (doomed) list.remove(doomed);
      }
      list.advance(i, RETENTION_MS);
    }
    expect(list.counts).toEqual(counted());
    list.clear();
    expect([list.counts, list.firstVisible(), list.nextVisibleAtMs()]).toEqual([counted(), undefined, undefined]);
  });

  it('stay cheap when there are a hundred thousand', () => {
    const list = new MessageList();
    let reads = 0;
    for (let i = 0; i < 100_000; i++) list.add(message(`m${i}`));
    // Work is counted, not time: every look at a message goes through `get` of the map.
    const map = (list as any).messages as Map<string, Message>;
    const get = map.get.bind(map);
    map.get = (id) => {
      reads++;
      return get(id);
    };
    for (let i = 0; i < 100_000; i++) {
      const next = list.firstVisible()!;
      list.hide(next, 1_000_000 + i);
      if (i % 2 === 0) list.remove(next);
    }
    list.advance(2_000_000, RETENTION_MS);
    expect(list.counts).toEqual({ visible: 50_000, inFlight: 0, delayed: 0 });
    expect(reads).toBeLessThan(100_000 * 20);
  });
});
