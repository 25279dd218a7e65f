import { brokenRules, evaluateConditions } from '../../../local/assembly/conditions';
import { resolveParameters } from '../../../local/assembly/parameters';
import type { Template, TemplateParameter } from '../../../local/assembly/template';
import { SCOPE } from './resolve';

const ssm = async (name: string) => `value of ${name}`;
const values = (Parameters: Record<string, TemplateParameter>, given: Record<string, string> = {}) =>
  resolveParameters({ Resources: {}, Parameters }, given, ssm);

it('takes given values before defaults, and splits lists', async () => {
  const parameters = {
    A: { Type: 'String', Default: 'a' },
    B: { Type: 'String', Default: 'b' },
    C: { Type: 'CommaDelimitedList', Default: 'x, y' },
    D: { Type: 'Number', Default: 3 },
  };
  expect(await values(parameters, { B: 'given' })).toEqual({ A: 'a', B: 'given', C: ['x', 'y'], D: '3' });
});

it('looks up the parameter of SSM that a value names', async () => {
  expect(await values({ V: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' } })).toEqual({
    V: 'value of /a/b',
  });
});

const refusals: [string, Record<string, TemplateParameter>, Record<string, string>, string][] = [
  [
    'a parameter without value',
    { A: { Type: 'String' }, B: { Type: 'String' } },
    {},
    'Parameters: [A, B] must have values',
  ],
  ['a value for no parameter', {}, { X: 'x' }, 'Parameters: [X] do not exist in the template'],
  [
    'a value that is not among the allowed',
    { A: { Type: 'String', AllowedValues: ['a', 'b'] } },
    { A: 'c' },
    "Parameter 'A' failed to satisfy constraint: Member must satisfy enum value set: [a, b]",
  ],
  [
    'a value against the pattern',
    { A: { Type: 'String', AllowedPattern: '[a-z]+' } },
    { A: 'a1' },
    'Member must satisfy regular expression pattern: [a-z]+',
  ],
  ['a text that is too short', { A: { Type: 'String', MinLength: 2 } }, { A: 'a' }, 'must have length of at least 2'],
  ['a number that is too large', { A: { Type: 'Number', MaxValue: 5 } }, { A: '6' }, 'must be at most 5'],
  ['a number that is none', { A: { Type: 'Number' } }, { A: 'six' }, 'must be a number'],
];
test.each(refusals)('rejects %s', async (_, parameters, given, message) => {
  await expect(values(parameters, given)).rejects.toThrow(message);
});

it('shows nothing of a value that must not be echoed', async () => {
  const refused = values({ A: { Type: 'String', NoEcho: true, MinLength: 9 } }, { A: 'secret' });
  await expect(refused).rejects.toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret') }));
});

it('evaluates conditions that name one another, in any order', () => {
  const template: Template = {
    Resources: {},
    Conditions: {
      Both: { 'Fn::And': [{ Condition: 'IsOrders' }, { Condition: 'IsHere' }] },
      IsOrders: { 'Fn::Equals': [{ Ref: 'Name' }, 'orders'] },
      IsHere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
      Other: { 'Fn::Not': [{ Condition: 'Both' }] },
    },
  };
  expect(evaluateConditions(template, SCOPE)).toEqual({ Both: true, IsOrders: true, IsHere: true, Other: false });
});

it('rejects a condition that needs itself', () => {
  const Conditions = { A: { Condition: 'B' }, B: { 'Fn::Not': [{ Condition: 'A' }] } };
  expect(() => evaluateConditions({ Resources: {}, Conditions }, SCOPE)).toThrow('condition A needs itself');
});

describe('the rule by which the CDK checks its bootstrap', () => {
  const Assert = { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], { Ref: 'Version' }] }] };
  const template: Template = {
    Resources: {},
    Rules: { Check: { Assertions: [{ Assert, AssertDescription: 'too old' }] } },
  };
  const at = (Version: string) => brokenRules(template, { ...SCOPE, parameters: { Version } });
  it('holds for a new version and breaks for an old one', () => {
    expect(at('33')).toEqual([]);
    expect(at('5')).toEqual(['too old']);
  });
});

it('leaves a rule out whose condition does not hold', () => {
  const rule = (applies: boolean) => ({
    RuleCondition: { 'Fn::Equals': [applies, true] },
    Assertions: [{ Assert: { 'Fn::Equals': ['a', 'b'] } }],
  });
  const template: Template = { Resources: {}, Rules: { On: rule(true), Off: rule(false) } };
  expect(brokenRules(template, SCOPE)).toEqual(['an assertion of rule On does not hold']);
});
