import { taskFindings } from '../../../lib/checks/task-rules';
import type { State } from '../../../lib/constructs/workflow-definition';
import { definitionWith, soundTask, without } from './definitions';

const refusals = (states = {}) =>
  taskFindings({ ...definitionWith(states), StartAt: 'Load' }).map(({ rule, subject }) => `${rule} ${subject}`);

/** A step of a child, which lets its errors through. */
const step = (TimeoutSeconds = 100): State => ({ ...without(soundTask, 'Catch'), TimeoutSeconds, Next: undefined });

const children = (type: string, seconds: readonly number[]) => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
  StartAt: 'Step0',
  States: Object.fromEntries(
    seconds.map((each, n) => [
      `Step${n}`,
      { ...step(each), ...(n < seconds.length - 1 ? { Next: `Step${n + 1}` } : { End: true }) },
    ]),
  ),
});

const load = (more: object = {}): State => ({
  Type: 'Map',
  MaxConcurrency: 10,
  ItemReader: { ReaderConfig: { MaxItems: 1000 } },
  ToleratedFailurePercentage: 100,
  ItemProcessor: children('EXPRESS', [100, 100, 100]),
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'ParkOrder' }],
  Next: 'Summarize',
  ...more,
});

const Summarize = { ...soundTask, Next: 'Done' };

describe('rules for Maps', () => {
  it('accept a distributed Map with a cap, a route, and a task that looks at what it tolerated', () => {
    expect(refusals({ Load: load(), Summarize })).toEqual([]);
  });

  it.each([undefined, 0])('reject a distributed Map with the concurrency %s', (MaxConcurrency) => {
    expect(refusals({ Load: load({ MaxConcurrency }), Summarize })).toEqual(['map-concurrency Load']);
  });

  it('accept a concurrency that the stage gives', () => {
    expect(refusals({ Load: load({ MaxConcurrency: '{% ${Concurrency} %}' }), Summarize })).toEqual([]);
  });

  it('reject a distributed Map that catches nothing, and with it the steps that rely on it', () => {
    expect(refusals({ Load: load({ Catch: undefined }), Summarize })).toEqual([
      'failure-route Load',
      'failure-route Step0',
      'failure-route Step1',
      'failure-route Step2',
    ]);
  });

  it('reject a distributed Map whose Catch leads straight to an end', () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Review' }];
    expect(refusals({ Load: load({ Catch }), Summarize })).toEqual(['failure-route Load']);
  });

  it.each([
    ['that is the end', { Next: undefined, End: true }],
    ['that leads to an end', { Next: 'Done' }],
    ['past which one way leads to an end', { Next: 'IsAnythingLeft' }],
  ])('reject a Map that tolerates failures and %s', (_what, change) => {
    const IsAnythingLeft = { Type: 'Choice', Choices: [{ Next: 'Summarize' }], Default: 'Done' };
    const states = { Load: load(change), Summarize, IsAnythingLeft };
    expect(refusals(states)).toEqual(['map-tolerance Load']);
    expect(refusals({ ...states, Load: load({ ...change, ToleratedFailurePercentage: 0 }) })).toEqual([]);
  });

  it.each(['ToleratedFailureCount', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'])(
    'take %s for tolerance',
    (field) => {
      const tolerant = load({ ToleratedFailurePercentage: undefined, [field]: '$.most', Next: 'Done' });
      expect(refusals({ Load: tolerant, Summarize })).toEqual(['map-tolerance Load']);
    },
  );

  it('reject Express children whose tasks may take longer than Express lasts', () => {
    const ItemProcessor = children('EXPRESS', [100, 100, 101]);
    expect(refusals({ Load: load({ ItemProcessor }), Summarize })).toEqual(['express-duration Load']);
    expect(refusals({ Load: load({ ItemProcessor: children('STANDARD', [100, 100, 101]) }), Summarize })).toEqual([]);
  });
});
