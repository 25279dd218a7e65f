import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Answers, callsOf, executionId, ordersFolder, runOrder, saga } from './orders-machine';

interface Case {
  title: string;
  /** Where the shapes of the answers come from. */
  from: string;
  startAt?: string;
  input?: object;
  answers: Answers;
  expected: {
    status: string;
    output?: object;
    error?: string;
    cause?: object;
    path?: string[];
    transitions?: number;
    calls?: Record<string, number>;
  };
}

const folder = path.join(ordersFolder, 'cases');
const cases: [string, Case][] = readdirSync(folder).map((file) => {
  const text = readFileSync(path.join(folder, file), 'utf8').replaceAll('"OURS"', JSON.stringify(executionId));
  const data: Case = JSON.parse(text);
  return [data.title, data];
});

describe('the order saga', () => {
  it.each(cases)('%s', async (_title, { answers, input, startAt, expected }) => {
    const result = await runOrder(answers, { input, startAt });
    expect(result).toMatchObject({ status: expected.status, ...(expected.output && { output: expected.output }) });
    if (expected.error) expect(result.error).toBe(expected.error);
    if (expected.cause) expect(JSON.parse(result.cause ?? '')).toMatchObject(expected.cause);
    if (expected.path) expect(result.path).toEqual(expected.path);
    if (expected.transitions) expect(result.transitions).toBe(expected.transitions);
    for (const [state, count] of Object.entries(expected.calls ?? {}))
      expect([state, callsOf(result, state)]).toEqual([state, count]);
  });

  it('has a case for every state', async () => {
    const walked = new Set<string>();
    for (const [, { answers, input, startAt }] of cases) {
      const { path: states } = await runOrder(answers, { input, startAt });
      for (const state of states) walked.add(state);
    }
    expect([...walked].sort()).toEqual(Object.keys(saga.States).sort());
  });
});
