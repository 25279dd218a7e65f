import { templateFaults } from '../../../local/assembly/template';

const resources = { Queue: { Type: 'AWS::SQS::Queue' } };

it('finds no fault with a plain template', () => {
  expect(templateFaults({ AWSTemplateFormatVersion: '2010-09-09', Resources: resources, Outputs: {} })).toEqual([]);
});

const cases: [string, unknown, string[]][] = [
  ['no object', [], ['Template format error: unsupported structure.']],
  ['no resources', {}, ['Template format error: At least one Resources member must be defined.']],
  [
    'an unknown section',
    { Resources: resources, Resource: {} },
    ['Invalid template property or properties [Resource]'],
  ],
  [
    'a transform',
    { Resources: resources, Transform: 'AWS::LanguageExtensions' },
    ['Transform "AWS::LanguageExtensions" is not emulated: synthesize plain resources'],
  ],
  [
    'a resource without type',
    { Resources: { A: {} } },
    ['Template format error: [/Resources/A] Every Resources object must contain a Type member.'],
  ],
  [
    'a logical id with other characters',
    { Resources: { 'a-b': { Type: 'T' } } },
    ['Template format error: Resource name a-b is non alphanumeric.'],
  ],
  [
    'null',
    { Resources: { A: { Type: 'T', Properties: { P: [null] } } } },
    ["[/Resources/A/Properties/P/0] 'null' values are not allowed in templates"],
  ],
  [
    'too many resources',
    { Resources: Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`R${i}`, { Type: 'T' }])) },
    ['Template format error: Number of resources, 501, is greater than maximum allowed, 500'],
  ],
];
test.each(cases)('rejects a template with %s', (_, template, faults) => {
  expect(templateFaults(template)).toEqual(faults);
});
