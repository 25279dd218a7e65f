import { AwsError } from '../../../local/wire/aws-error';
import { readQuery, writeQuery, writeQueryError } from '../../../local/wire/query-protocol';

const read = (fields: Record<string, string>) =>
  readQuery(new URLSearchParams({ Action: 'Do', Version: '1', ...fields }).toString());

describe('a request', () => {
  const cases: [string, Record<string, string>, object][] = [
    ['single values', { Name: 'a b&c=ü', Empty: '' }, { Name: 'a b&c=ü', Empty: '' }],
    ['a list of members', { 'Names.member.1': 'a', 'Names.member.2': 'b' }, { Names: ['a', 'b'] }],
    [
      'a list in the order of its numbers',
      { 'Names.member.10': 'j', 'Names.member.2': 'b', 'Names.member.1': 'a' },
      { Names: ['a', 'b', 'j'] },
    ],
    [
      'a list of structures',
      { 'Tags.member.1.Key': 'k', 'Tags.member.1.Value': 'v', 'Tags.member.2.Key': 'l' },
      { Tags: [{ Key: 'k', Value: 'v' }, { Key: 'l' }] },
    ],
    ['a flattened list', { 'Tag.1.Key': 'k', 'Tag.2.Key': 'l' }, { Tag: [{ Key: 'k' }, { Key: 'l' }] }],
    ['a structure', { 'Filter.Name': 'n', 'Filter.Values.member.1': 'v' }, { Filter: { Name: 'n', Values: ['v'] } }],
    [
      'a map',
      {
        'Attributes.entry.1.key': 'a',
        'Attributes.entry.1.value': '1',
        'Attributes.entry.2.key': 'b',
        'Attributes.entry.2.value': '2',
      },
      { Attributes: { a: '1', b: '2' } },
    ],
  ];
  test.each(cases)('reads %s', (_, fields, input) => {
    expect(read(fields)).toEqual({ action: 'Do', version: '1', input });
  });

  it('keeps names that every object has to itself', () => {
    expect(read({ '__proto__.x': '1', constructor: 'c' }).input.constructor).toBe('c');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('rejects a body that names no action', () => {
    expect(() => readQuery('Version=1')).toThrow(expect.objectContaining({ code: 'MissingAction' }));
  });
});

describe('an answer', () => {
  it('renders structures, lists, maps, dates and text', () => {
    const output = {
      Text: '<a> & "b"\u0007',
      At: new Date(Date.UTC(2026, 0, 1)),
      Count: 3,
      Is: false,
      None: undefined,
      List: [{ Key: 'k' }, { Key: 'l' }],
      Empty: [],
      Map: new Map([['a', 1]]),
    };
    expect(writeQuery('Do', output, 'urn:x', 'id')).toBe(
      '<DoResponse xmlns="urn:x"><DoResult><Text>&lt;a&gt; &amp; &quot;b&quot;</Text><At>2026-01-01T00:00:00.000Z</At><Count>3</Count><Is>false</Is>' +
        '<List><member><Key>k</Key></member><member><Key>l</Key></member></List><Empty></Empty><Map><entry><key>a</key><value>1</value></entry></Map>' +
        '</DoResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DoResponse>',
    );
  });

  it('has no result when the action has no output', () => {
    expect(writeQuery('Do', undefined, 'urn:x', 'id')).toBe(
      '<DoResponse xmlns="urn:x"><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DoResponse>',
    );
  });

  it('tells whose fault an error is', () => {
    const render = (status: number) => writeQueryError(new AwsError('Code', 'a < b', status), 'urn:x', 'id');
    expect(render(400)).toBe(
      '<ErrorResponse xmlns="urn:x"><Error><Type>Sender</Type><Code>Code</Code><Message>a &lt; b</Message></Error><RequestId>id</RequestId></ErrorResponse>',
    );
    expect(render(500)).toContain('<Type>Receiver</Type>');
  });
});
