import { parseTemplateText } from '../../../local/assembly/template-text';

it('reads JSON', () => {
  expect(parseTemplateText(' {"Resources": {"A": {"Type": "X"}}}')).toEqual({ Resources: { A: { Type: 'X' } } });
});

it('reads YAML with the short forms of functions, nested', () => {
  const text = `
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Condition: Yes1
    Properties:
      Name: !Join ['-', [!Ref AWS::StackName, !If [Yes1, a, !Ref B]]]
      Arn: !GetAtt Queue.Nested.Arn
      Text: !Sub
        - 'x \${V}'
        - V: !ImportValue other
      Both: !And [!Condition Yes1, !Not [!Equals [a, b]]]
`;
  expect(parseTemplateText(text)).toEqual({
    Resources: {
      Queue: {
        Type: 'AWS::SQS::Queue',
        Condition: 'Yes1',
        Properties: {
          Name: { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, { 'Fn::If': ['Yes1', 'a', { Ref: 'B' }] }]] },
          Arn: { 'Fn::GetAtt': ['Queue', 'Nested.Arn'] },
          Text: { 'Fn::Sub': ['x ${V}', { V: { 'Fn::ImportValue': 'other' } }] },
          Both: { 'Fn::And': [{ Condition: 'Yes1' }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }] },
        },
      },
    },
  });
});

it.each([
  ['a date', 'Version: 2012-10-17', { Version: '2012-10-17' }],
  ['a number', 'Size: 30', { Size: 30 }],
  ['a quoted number', "Size: '30'", { Size: '30' }],
  ['booleans, and names that look like one', 'On: yes\nY: y\nno: [off, n]', { On: true, Y: 'y', no: [false, 'n'] }],
  ['a block', 'Text: |\n  a\n  b\n', { Text: 'a\nb\n' }],
])('reads %s as CloudFormation does', (_what, text, value) => {
  expect(parseTemplateText(text)).toMatchObject(value);
});

it.each([
  ['JSON that is cut off', '{"a":', 'Template format error: JSON not well-formed.'],
  ['YAML that is cut off', 'a: [b', 'Template format error: YAML not well-formed.'],
  ['an unknown tag', 'a: !Foo b', 'Template format error: Unrecognized tag !Foo'],
  ['an alias', 'a: &x 1\nb: *x', 'YAML aliases are not allowed in CloudFormation templates'],
  ['nothing', '', 'Template format error: unsupported structure.'],
])('refuses %s', (_what, text, message) => {
  expect(() => parseTemplateText(text)).toThrow(message);
});
