import { resolve } from './resolve';

const none = { Ref: 'AWS::NoValue' };

const cases: [string, unknown, unknown][] = [
  ['leaves plain values', { a: [1, 'x', true, null] }, { a: [1, 'x', true, null] }],
  ['Ref of a resource', { Ref: 'Queue' }, 'http://queue'],
  ['Ref of a parameter', { Ref: 'Name' }, 'orders'],
  ['Ref of a list parameter', { Ref: 'Sizes' }, ['1', '2']],
  [
    'pseudo parameters',
    [
      { Ref: 'AWS::AccountId' },
      { Ref: 'AWS::Region' },
      { Ref: 'AWS::Partition' },
      { Ref: 'AWS::URLSuffix' },
      { Ref: 'AWS::StackName' },
    ],
    ['000000000000', 'us-east-1', 'aws', 'amazonaws.com', 'stack'],
  ],
  ['takes away members and items without value', { a: none, b: [1, none], c: { d: none } }, { b: [1], c: {} }],
  ['GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue|Arn'],
  ['GetAtt as text', { 'Fn::GetAtt': 'Queue.Nested.Arn' }, 'Queue|Nested.Arn'],
  [
    'Sub of resources, attributes and pseudo parameters',
    { 'Fn::Sub': '${Queue} ${Queue.Arn} ${AWS::Region} ${!Kept}' },
    'http://queue Queue|Arn us-east-1 ${Kept}',
  ],
  [
    'Sub with variables, which come first',
    { 'Fn::Sub': ['${Name}-${Other}', { Other: { Ref: 'Name' }, Name: 'own' }] },
    'own-orders',
  ],
  ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 3]] }, 'a-orders-3'],
  ['Join of a resolved list', { 'Fn::Join': [',', { Ref: 'Sizes' }] }, '1,2'],
  ['Select of Split', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
  ['If', { 'Fn::If': ['Yes', { Ref: 'Name' }, { Ref: 'Missing' }] }, 'orders'],
  ['If that takes its member away', { a: { 'Fn::If': ['No', 1, none] } }, {}],
  [
    'Equals, Not, And, Or',
    [
      { 'Fn::Equals': ['1', 1] },
      { 'Fn::Not': [{ Condition: 'Yes' }] },
      { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Equals': ['a', 'b'] }] },
      { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Yes' }] },
    ],
    [true, false, false, true],
  ],
  ['FindInMap', { 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'ami'] }, 'a'],
  ['FindInMap with a default', { 'Fn::FindInMap': ['Regions', 'eu-west-1', 'ami', { DefaultValue: 'b' }] }, 'b'],
  ['Base64', { 'Fn::Base64': 'text' }, 'dGV4dA=='],
  ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::StackName}-x' } }, 'imported stack-x'],
  ['GetAZs', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
  ['Length', { 'Fn::Length': { Ref: 'Sizes' } }, 2],
  ['Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, ['10.0.0.0/24', '10.0.1.0/24']],
  ['ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Name' } } }, '{"a":"orders"}'],
  ['Contains', { 'Fn::Contains': [['1', '2'], { Ref: 'Name' }] }, false],
  ['EachMemberIn', { 'Fn::EachMemberIn': [{ Ref: 'Sizes' }, ['1', '2', '3']] }, true],
  ['leaves objects that only look like a function', { Ref: 'Queue', Other: 1 }, { Ref: 'Queue', Other: 1 }],
];
test.each(cases)('resolves: %s', (_, value, expected) => {
  expect(resolve(value)).toEqual(expected);
});

const refusals: [string, unknown, string][] = [
  [
    'an unknown function',
    { 'Fn::Transform': { Name: 'AWS::Include' } },
    'the intrinsic function Fn::Transform is not emulated',
  ],
  [
    'a mapping that is not there',
    { 'Fn::FindInMap': ['Regions', 'x', 'ami'] },
    'Unable to get mapping for Regions::x::ami',
  ],
  ['an index beyond the list', { 'Fn::Select': [5, ['a']] }, 'Fn::Select cannot select nonexistent value at index 5'],
  ['a list where text belongs', { 'Fn::Join': ['', [{ Ref: 'Sizes' }]] }, 'Fn::Join takes values that are strings'],
  ['a condition that is not there', { 'Fn::If': ['Perhaps', 1, 2] }, 'Unresolved condition Perhaps'],
  ['blocks that do not fit', { 'Fn::Cidr': ['10.0.0.0/24', 2, 8] }, 'cannot cut 2 blocks of 8 bits from 10.0.0.0/24'],
];
test.each(refusals)('rejects %s', (_, value, message) => {
  expect(() => resolve(value)).toThrow(message);
});
