import type { MessageClass } from '../../../../bin/commands/ops/dlq/classify';
import type { DeadLetter } from '../../../../bin/commands/ops/dlq/message';
import { type ReplayOptions, replay } from '../../../../bin/commands/ops/dlq/replay';
import type { OperatorAct } from '../../../../bin/commands/ops/operator-log';

/** A dead-letter queue, the queue that it belongs to, and what went on, in one list. */
class World {
  readonly dead: DeadLetter[];
  readonly sent: string[] = [];
  readonly events: string[] = [];
  readonly acts: OperatorAct[] = [];
  readonly hidden = new Set<string>();
  failsToSend?: string;
  failsToDelete?: string;
  bouncesBack = false;

  constructor(...ids: string[]) {
    this.dead = ids.map((id) => letter(id));
  }

  ports() {
    return {
      receive: async () => {
        const batch = this.dead.filter(({ messageId }) => !this.hidden.has(messageId)).slice(0, 2);
        for (const { messageId } of batch) this.hidden.add(messageId);
        return batch;
      },
      judge: async ({ messageId }: DeadLetter) => ({
        messageClass: (messageId.startsWith('poison') ? 'poison' : 'retryable') as MessageClass,
        why: '',
      }),
      destinationOf: ({ messageId }: DeadLetter) => (messageId.startsWith('lost') ? undefined : 'arn:queue'),
      send: async ({ messageId }: DeadLetter) => {
        if (messageId === this.failsToSend) throw new Error('the queue is gone');
        this.events.push(`send ${messageId}`);
        this.sent.push(messageId);
        if (this.bouncesBack) this.dead.push({ ...letter(`${messageId}+`), sentAtMs: 200 });
        return `new-${messageId}`;
      },
      delete: async ({ messageId }: DeadLetter) => {
        if (messageId === this.failsToDelete) throw new Error('the receipt is old');
        this.events.push(`delete ${messageId}`);
        this.dead.splice(
          this.dead.findIndex((one) => one.messageId === messageId),
          1,
        );
      },
      giveBack: async (messages: readonly DeadLetter[]) => {
        for (const { messageId } of messages) this.hidden.delete(messageId);
      },
      record: async (...acts: OperatorAct[]) => {
        this.events.push(`record ${acts.map(({ act, messageId }) => `${act} ${messageId}`).join(', ')}`);
        this.acts.push(...acts);
      },
      pause: async (milliseconds: number) => void this.events.push(`pause ${milliseconds}`),
      now: () => 100,
    };
  }

  replay(options: Partial<ReplayOptions> = {}) {
    return replay(this.ports(), { classes: ['retryable'], isDryRun: false, perSecond: 10, ...options });
  }

  ids() {
    return this.dead.map(({ messageId }) => messageId);
  }
}

const letter = (messageId: string): DeadLetter => ({
  messageId,
  receiptHandle: messageId,
  body: '{}',
  sentAtMs: 1,
  receiveCount: 1,
  attributes: {},
});

describe('replaying a dead-letter queue', () => {
  it('records, sends, deletes, and keeps the pace, in this order', async () => {
    const world = new World('a');
    await world.replay({ perSecond: 4 });
    expect(world.events).toEqual(['record replay-begun a', 'send a', 'delete a', 'pause 250', 'record replayed a']);
  });

  it('leaves what is not chosen, to be received again at once', async () => {
    const world = new World('a', 'poison-1', 'b', 'lost-1', 'c');
    const looked = await world.replay();
    expect(world.sent).toEqual(['a', 'b', 'c']);
    expect(world.ids()).toEqual(['poison-1', 'lost-1']);
    expect(world.hidden).toEqual(new Set(['a', 'b', 'c']));
    expect(looked.map(({ message, outcome }) => `${message.messageId} ${outcome}`).sort()).toEqual([
      'a sent',
      'b sent',
      'c sent',
      'lost-1 left',
      'poison-1 left',
    ]);
  });

  it('sends messages by their ids, whatever their class', async () => {
    const world = new World('a', 'poison-1');
    await world.replay({ messageIds: ['poison-1'] });
    expect(world.sent).toEqual(['poison-1']);
    expect(world.ids()).toEqual(['a']);
  });

  it('changes and records nothing in a dry run', async () => {
    const world = new World('a', 'b', 'c');
    const looked = await world.replay({ isDryRun: true });
    expect(looked.map(({ outcome }) => outcome)).toEqual(['would be sent', 'would be sent', 'would be sent']);
    expect(world.events).toEqual([]);
    expect(world.ids()).toEqual(['a', 'b', 'c']);
    expect(world.hidden.size).toBe(0);
  });

  it('loses nothing when a send fails: it stops, gives back and records what was sent', async () => {
    const world = new World('a', 'b', 'c');
    world.failsToSend = 'b';
    await expect(world.replay()).rejects.toThrow('the queue is gone');
    expect(world.ids()).toEqual(['b', 'c']);
    expect(world.hidden).toEqual(new Set(['a']));
    expect(world.acts.map(({ act, messageId }) => `${act} ${messageId}`)).toEqual([
      'replay-begun a',
      'replay-begun b',
      'replayed a',
    ]);
  });

  it('keeps a message that was sent and could not be deleted, and says so', async () => {
    const world = new World('a', 'b');
    world.failsToDelete = 'a';
    const looked = await world.replay();
    expect(looked.map(({ outcome }) => outcome)).toEqual(['doubled', 'sent']);
    expect(world.ids()).toEqual(['a']);
    expect(world.hidden.has('a')).toBe(false);
  });

  it('ends although what it sends comes back', async () => {
    const world = new World('a', 'b');
    world.bouncesBack = true;
    await world.replay();
    expect(world.sent).toEqual(['a', 'b']);
    expect(world.ids()).toEqual(['a+', 'b+']);
  });

  it('does nothing that it cannot record', async () => {
    const world = new World('a');
    const ports = { ...world.ports(), record: () => Promise.reject(new Error('no log')) };
    await expect(replay(ports, { classes: ['retryable'], isDryRun: false, perSecond: 1 })).rejects.toThrow('no log');
    expect(world.sent).toEqual([]);
    expect(world.hidden.size).toBe(0);
  });
});
