import { parseCompositeRule } from '../../../local/services/cloudwatch/alarms/composite-rule';
import type { StateValue } from '../../../local/services/cloudwatch/model';

const STATES: Record<string, StateValue> = {
  up: 'OK',
  down: 'ALARM',
  new: 'INSUFFICIENT_DATA',
  'a name, with words': 'ALARM',
};

describe('the rule of a composite alarm', () => {
  it.each<[string, boolean]>([
    ['ALARM(down)', true],
    ['ALARM("down")', true],
    ['ALARM(up)', false],
    ['OK(up) AND INSUFFICIENT_DATA(new)', true],
    ['ALARM("a name, with words")', true],
    ['NOT ALARM(up)', true],
    ['ALARM(up) OR ALARM(down) AND OK(up)', true],
    ['(ALARM(up) OR ALARM(down)) AND NOT OK(up)', false],
    ['NOT (ALARM(up) OR ALARM(down))', false],
    ['TRUE', true],
    ['false', false],
    ['ALARM(gone)', false],
    ['NOT ALARM(gone)', true],
  ])('%s', (rule, holds) => {
    expect(parseCompositeRule(rule).holds((child) => STATES[child])).toBe(holds);
  });

  it('names its alarms once', () => {
    expect(parseCompositeRule('ALARM(a) OR (OK(b) AND NOT OK(a))').children).toEqual(['a', 'b']);
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', '', /between 1 and/],
    ['no text', undefined, /between 1 and/],
    ['an open parenthesis', '(ALARM(a)', /not complete/],
    ['two conditions without a word between', 'ALARM(a) ALARM(b)', /unexpected ALARM/],
    ['a word that is none', 'ALARM(a) XOR ALARM(b)', /Error in AlarmRule at: XOR/],
    ['too many alarms', Array.from({ length: 101 }, (_, i) => `ALARM(a${i})`).join(' OR '), /more than 100/],
  ])('rejects %s', (_, rule, message) => {
    expect(() => parseCompositeRule(rule)).toThrow(message);
  });
});
