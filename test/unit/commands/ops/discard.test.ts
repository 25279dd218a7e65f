import type { MessageClass } from '../../../../bin/commands/ops/dlq/classify';
import { type DiscardOptions, discard } from '../../../../bin/commands/ops/dlq/discard';
import type { DeadLetter } from '../../../../bin/commands/ops/dlq/message';

const letter = (messageId: string): DeadLetter => ({
  ...{ messageId, receiptHandle: messageId, body: '{}', sentAtMs: 0, receiveCount: 1, attributes: {} },
});

/** A queue of messages whose ids begin with their class, and what went on, in one list. */
function queueOf(...ids: string[]) {
  const lying = new Set(ids);
  const events: string[] = [];
  return {
    lying,
    events,
    ports: (failsToDelete?: string) => ({
      receiveAll: async () => ids.map(letter),
      judge: async ({ messageId }: DeadLetter) => ({ messageClass: messageId.split('-')[0] as MessageClass, why: '' }),
      delete: async ({ messageId }: DeadLetter) => {
        if (messageId === failsToDelete) throw new Error('the receipt is old');
        events.push(`delete ${messageId}`);
        lying.delete(messageId);
      },
      giveBack: async (messages: readonly DeadLetter[]) =>
        void events.push(`give back ${messages.map(({ messageId }) => messageId).join(' ')}`),
      record: async (...acts: { act: string; [member: string]: unknown }[]) =>
        void events.push(...acts.map(({ act, messageId, reason }) => `${act} ${messageId} (${reason})`)),
    }),
  };
}

const options = (chosen: Partial<DiscardOptions>): DiscardOptions => ({
  reason: 'settled',
  isDryRun: false,
  ...chosen,
});

describe('deleting parked messages', () => {
  it('records each with the reason before and after it is deleted, and gives the rest back', async () => {
    const queue = queueOf('person-1', 'person-2');
    const looked = await discard(queue.ports(), options({ messageIds: ['person-2'] }));
    expect(looked.map(({ message, outcome }) => `${message.messageId} ${outcome}`)).toEqual([
      'person-2 deleted',
      'person-1 left',
    ]);
    expect(queue.events).toEqual([
      'delete-begun person-2 (settled)',
      'delete person-2',
      'deleted person-2 (settled)',
      'give back person-1',
    ]);
  });

  it('deletes all of a class and no other', async () => {
    const queue = queueOf('pointer-1', 'retryable-1', 'pointer-2');
    await discard(queue.ports(), options({ messageClass: 'pointer' }));
    expect([...queue.lying]).toEqual(['retryable-1']);
  });

  it('deletes and records nothing when it is only asked what it would do', async () => {
    const queue = queueOf('pointer-1');
    const looked = await discard(queue.ports(), options({ messageClass: 'pointer', isDryRun: true }));
    expect(looked.map(({ outcome }) => outcome)).toEqual(['would be deleted']);
    expect(queue.events).toEqual(['give back pointer-1']);
  });

  it('fails where a message cannot be deleted, having recorded those that were', async () => {
    const queue = queueOf('pointer-1', 'pointer-2');
    await expect(discard(queue.ports('pointer-2'), options({ messageClass: 'pointer' }))).rejects.toThrow('receipt');
    expect(queue.events.slice(2)).toEqual(['delete pointer-1', 'deleted pointer-1 (settled)', 'give back pointer-2']);
  });
});
