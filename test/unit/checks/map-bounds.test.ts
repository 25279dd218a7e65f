import { boundFindings } from '../../../lib/checks/map-bounds';

const rulesOf = (state: object) => boundFindings('Each', { Type: 'Map', ...state }).map(({ rule }) => rule);
const distributed = { ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, States: {} } };
const reader = (ReaderConfig: object) => ({ ...distributed, ItemReader: { ReaderConfig } });

describe('the bound of a Map', () => {
  it.each<[string, object]>([
    ['a list in JSON', { Items: [1, 2, 3] }],
    ['a list that is written out', { Items: "{% ['mail', 'webhook'] %}" }],
    ['one of two lists', { Items: "{% $exists($states.input.only) ? [$states.input.only] : ['mail', 'webhook'] %}" }],
    ['a list that is cut', { Items: '{% $states.input.lines[[0..49]] %}' }],
    ['a list that is counted', { Items: "{% ($assert($count($lines) <= 50, 'too many'); $lines) %}" }],
    ['as many numbers as the definition says', { Items: '{% [1..${Parts}] %}' }],
    ['a reader that stops', reader({ InputType: 'JSONL', MaxItems: 1000 })],
    ['a reader that stops where the stage says', reader({ MaxItems: '{% ${Most} %}' })],
  ])('is %s', (_what, state) => {
    expect(rulesOf(state)).toEqual([]);
  });

  it.each<[string, object]>([
    ['items from the input', { Items: '{% $states.input.lines %}' }],
    ['no items, which are the whole input', {}],
    ['items by a path', { ItemsPath: '$.lines' }],
    ['one of two lists, the other of which is open', { Items: "{% $all ? $states.input.lines : ['a'] %}" }],
    ['a range as long as a list', { Items: '{% [0..$count($states.input.lines)] %}' }],
    ['a list that is filtered', { Items: '{% $states.input.lines[quantity > 1] %}' }],
    ['an assertion of something else', { Items: "{% ($assert($exists($lines), 'none'); $lines) %}" }],
    ['a reader that goes on', reader({ InputType: 'JSONL' })],
    ['a reader without a configuration', { ...distributed, ItemReader: {} }],
  ])('is missed: rejects %s', (_what, state) => {
    expect(rulesOf(state)).toEqual(['map-bound']);
  });
});
