import { type ApiCase, runApiCase } from './support/api-case';
import { expectCase } from './support/expect-case';
import { readCases, SOURCE } from './support/own-case';

const cases = readCases<ApiCase>('api');

describe('cases of our own about the API', () => {
  it.each(cases.map((own): [string, ApiCase] => [own.title, own]))('%s', (_, own) =>
    expectCase(own.differs, () => check(own)),
  );

  it('say where their expectations come from, each once', () => {
    for (const { title, source } of cases) expect([title, source]).toEqual([title, expect.stringMatching(SOURCE)]);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  });
});

async function check(own: ApiCase): Promise<void> {
  let count = 0;
  await runApiCase(own, ({ step, answer, error, gives, fails }) => {
    count++;
    if (fails) {
      expect({ call: step.call, code: error?.code, answer }).toEqual({ call: step.call, code: fails.code });
      if (fails.message !== undefined) expect(error!.message).toBe(fails.message);
      return;
    }
    expect({ call: step.call, error }).toEqual({ call: step.call });
    if (gives) expect(answer).toMatchObject(gives);
    for (const member of step.lacks ?? []) expect((answer as Record<string, unknown>)[member]).toBeUndefined();
  });
  expect(count).toBe(own.steps.length);
}
