import { sealedQuestions } from '../../../../bin/commands/ops/stuck/sealed-questions';

const MINUTE_MS = 60_000;
const NOW_MS = Date.UTC(2026, 10, 22, 12);
const ago = (minutes: number) => NOW_MS - minutes * MINUTE_MS;
const iso = (minutes: number) => new Date(ago(minutes)).toISOString();

/** An execution that has run for so many minutes. */
const running = (arn: string, minutes: number) => ({
  ...{ arn, startedMs: ago(minutes) },
  machine: { name: 'saga', arn: 'machine', stack: { name: 'orders' } } as never,
});

/** Finds what has stood still for two minutes, given requests by their status. */
async function found(executions: ReturnType<typeof running>[], requests: Record<string, object[]> = {}) {
  const stopped: string[] = [];
  const aws = { sfn: { send: async ({ input }: any) => stopped.push(input.executionArn) } } as never;
  const client = {
    async *list(status: string) {
      yield* (requests[status] ?? []) as any[];
    },
  };
  const times = { beforeMs: ago(2), nowMs: NOW_MS };
  const stuck = await sealedQuestions(aws, client, executions, times);
  for (const { repair } of stuck) await repair?.();
  return { ids: stuck.map(({ id }) => id), stopped };
}

describe('executions whose histories nobody may read', () => {
  it('stand still when they run for long and no request is theirs', async () => {
    expect(await found([running('lost', 6), running('new', 1)])).toEqual({ ids: ['lost'], stopped: ['lost'] });
  });

  it('are not stopped before they have had time for all retries', async () => {
    expect(await found([running('retries', 4)])).toEqual({ ids: ['retries'], stopped: [] });
  });

  it('wait for a person while a request of theirs is pending', async () => {
    const pending = [{ askedBy: 'asked', openedAt: iso(60) }];
    expect(await found([running('asked', 60)], { pending })).toEqual({ ids: [], stopped: [] });
  });

  it.each([
    ['go on after a decision', 'approved', 1, []],
    ['stand still long after one', 'rejected', 10, ['decided']],
  ])('%s', async (_what, status, decidedMinutesAgo, ids) => {
    const requests = { [status]: [{ askedBy: 'decided', openedAt: iso(50), decidedAt: iso(decidedMinutesAgo) }] };
    expect((await found([running('decided', 60)], requests)).ids).toEqual(ids);
  });

  it('are told apart from those of others, and older requests are not looked at', async () => {
    const approved = [
      { askedBy: 'other', openedAt: iso(20), decidedAt: iso(1) },
      { askedBy: 'lost', openedAt: iso(90), decidedAt: iso(1) },
    ];
    expect((await found([running('lost', 60)], { approved })).ids).toEqual(['lost']);
  });
});
