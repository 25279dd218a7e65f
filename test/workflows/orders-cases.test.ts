import { executionId, ordersFolder, runOrder, saga } from './orders-machine';
import { expectCase, readCases } from './workflow-cases';

const cases = readCases(ordersFolder, (text) => text.replaceAll('"OURS"', JSON.stringify(executionId)));

describe('the order saga', () => {
  it.each(cases)('%s', async (_title, workflowCase) => {
    const { answers, input, startAt } = workflowCase;
    expectCase(await runOrder(answers, { input, startAt }), workflowCase);
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
