import { MUTATIONS } from './world/mutations';

/** Looked at before a mistake counts as not found. */
const MOST_STATES = 60_000;

describe('the search finds', () => {
  afterEach(() => jest.resetModules());

  it.each(MUTATIONS)('$name', async ({ module, change, scenario, faults = 0, finds }) => {
    jest.resetModules();
    jest.doMock(module, () => change(jest.requireActual(module)));
    const { SCENARIOS, startOfScenario } = jest.requireActual<typeof import('./world/scenarios')>('./world/scenarios');
    const { search } = jest.requireActual<typeof import('./world/search')>('./world/search');
    const { failure } = await search(await startOfScenario(SCENARIOS[scenario]!, faults), MOST_STATES);
    jest.dontMock(module);
    expect(failure).toMatch(finds);
  });
});
