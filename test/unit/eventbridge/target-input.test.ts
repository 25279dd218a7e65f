import type { Event, Target } from '../../../local/services/eventbridge/model';
import { checkTargetInput, inputFor } from '../../../local/services/eventbridge/target-input';

const event: Event = {
  version: '0',
  id: '7bf73129',
  'detail-type': 'State change',
  source: 'aws.ec2',
  account: '000000000000',
  time: '2015-11-11T21:29:54Z',
  region: 'us-east-1',
  resources: ['arn:one', 'arn:two'],
  detail: {
    'instance-id': 'i-0123',
    state: 'RUNNING',
    count: 3,
    quoted: 'say "hi"',
    lines: [{ sku: 'a' }, { sku: 'b' }],
  },
};
const context = { ruleArn: 'arn:rule', ruleName: 'my-rule', ingestionTime: '2015-11-11T21:29:55.000Z' };
const target = (input: object): Target => ({ Id: 't', Arn: 'arn:aws:sqs:us-east-1:000000000000:q', ...input });
const inputOf = (input: object) => inputFor(target(input), event, context);
const transformed = (InputTemplate: string) =>
  inputOf({
    InputTransformer: {
      InputPathsMap: {
        instance: '$.detail.instance-id',
        state: '$.detail.state',
        count: '$.detail.count',
        quoted: '$.detail.quoted',
        second: '$.resources[1]',
        skus: '$.detail.lines[*].sku',
        detail: '$.detail.lines[0]',
        missing: '$.detail.missing',
      },
      InputTemplate,
    },
  });

describe('the input of a target', () => {
  it('is the event', () => {
    expect(JSON.parse(inputOf({}))).toEqual(event);
  });

  it('is the constant of Input', () => {
    expect(inputOf({ Input: '{"fixed":true}' })).toBe('{"fixed":true}');
  });

  it('is the part that InputPath names', () => {
    expect(inputOf({ InputPath: '$.detail.state' })).toBe('"RUNNING"');
    expect(inputOf({ InputPath: '$.resources[0]' })).toBe('"arn:one"');
  });
});

describe('an input template', () => {
  it.each<[string, string, string]>([
    ['fills a string', '"<instance> is in state <state>"', '"i-0123 is in state RUNNING"'],
    ['fills escaped quotes', '"<instance> is in \\"<state>\\""', '"i-0123 is in \\"RUNNING\\""'],
    ['gives values their JSON type', '{"a": <instance>, "n": <count>}', '{"a":"i-0123","n":3}'],
    ['fills strings within JSON', '{"a": "is <state>", "n": "<count>"}', '{"a":"is RUNNING","n":"3"}'],
    ['escapes what would break a string', '{"a": "<quoted>"}', '{"a":"say \\"hi\\""}'],
    ['collects what a wildcard finds', '{"skus": <skus>}', '{"skus":["a","b"]}'],
    ['takes an element by its index', '{"r": <second>}', '{"r":"arn:two"}'],
    ['puts objects in as JSON', '{"line": <detail>}', '{"line":{"sku":"a"}}'],
    ['takes the quotes of an object within a string', '{"line": "<detail>"}', '{"line":"{sku:a}"}'],
    ['leaves out what is not there', '{"m": "<missing>"}', '{"m":""}'],
    ['keeps lines apart', '"<instance>"\n"<state>"', '"i-0123"\n"RUNNING"'],
    ['knows the rule', '{"r": <aws.events.rule-name>, "a": <aws.events.rule-arn>}', '{"r":"my-rule","a":"arn:rule"}'],
  ])('%s', (_what, template, expected) => {
    expect(transformed(template)).toBe(expected);
  });

  it('has the whole event as a variable', () => {
    expect(JSON.parse(transformed('{"e": <aws.events.event.json>}'))).toEqual({ e: event });
    expect(JSON.parse(transformed('{"e": <aws.events.event>}')).e).not.toHaveProperty('detail');
  });
});

describe('a target', () => {
  it.each<[string, object, string]>([
    ['two kinds of input', { Input: '1', InputPath: '$' }, 'Only one of Input, InputPath, or InputTransformer'],
    ['Input that is no JSON', { Input: '{' }, 'JSON syntax error in input for target t'],
    ['a path that is not understood', { InputPath: '$.a[?(@.b)]' }, '$.a[?(@.b)]'],
    ['an undefined placeholder', { InputTransformer: { InputTemplate: '{"a":<b>}' } }, 'Placeholder b'],
  ])('rejects %s', (_what, input, message) => {
    expect(() => checkTargetInput(target(input))).toThrow(message);
  });
});
