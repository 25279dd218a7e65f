import { runInOrder } from '../../../local/services/cloudformation/run-in-order';

it('runs side by side what does not wait for one another', async () => {
  const running = new Set<string>();
  let most = 0;
  const work = [
    { id: 'a', after: [] },
    { id: 'b', after: [] },
    { id: 'c', after: ['a', 'b'] },
  ];
  await runInOrder(work, async (id) => {
    running.add(id);
    most = Math.max(most, running.size);
    if (id === 'c') expect([...running]).toEqual(['c']);
    await Promise.resolve();
    running.delete(id);
  });
  expect(most).toBe(2);
});

it('awaits what is under way after a failure, and begins nothing new', async () => {
  const ended: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const work = [
    { id: 'bad', after: [] },
    { id: 'slow', after: [] },
    { id: 'next', after: ['slow'] },
  ];
  const failures = runInOrder(work, async (id) => {
    if (id === 'bad') {
      setImmediate(release);
      throw new Error('broken');
    }
    await held;
    ended.push(id);
  });
  expect((await failures).map(({ id, error }) => `${id}: ${(error as Error).message}`)).toEqual(['bad: broken']);
  expect(ended).toEqual(['slow']);
});
