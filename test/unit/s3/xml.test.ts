import { LIFECYCLE } from '../../../local/services/s3/protocol/shapes';
import { escapeXml, readXml } from '../../../local/services/s3/protocol/xml';
import { readMembers, writeMembers } from '../../../local/services/s3/protocol/xml-shape';

describe('XML', () => {
  it('is read with entities, CDATA, comments and namespaces', () => {
    const text =
      '<?xml version="1.0"?><!-- c --><s3:A xmlns:s3="x"><B>1 &lt; 2 &#x41;</B><B><![CDATA[<&>]]></B><C/></s3:A>';
    const root = readXml(text);
    expect(root.name).toBe('A');
    expect(root.children.map(({ name, text: content }) => [name, content])).toEqual([
      ['B', '1 < 2 A'],
      ['B', '<&>'],
      ['C', ''],
    ]);
  });

  it.each([['<A>'], ['<A></B>'], ['text'], ['<A></A><B></B>'], ['<A></A'], ['<!DOCTYPE a [<!ENTITY b "c">]><A/>']])(
    'rejects %s',
    (text) => {
      expect(() => readXml(text)).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
    },
  );

  it('writes what it could not hold otherwise as references', () => {
    expect(escapeXml('a<b>&"\u0001\r\n')).toBe('a&lt;b&gt;&amp;&quot;&#x1;&#xd;\n');
  });

  it('gives the same members back', () => {
    const value = {
      Rules: [
        {
          ID: 'a & b',
          Filter: { And: { Prefix: 'x/', Tags: [{ Key: 'k', Value: 'v' }] } },
          Status: 'Enabled',
          Expiration: { Days: 3, Date: new Date(0), ExpiredObjectDeleteMarker: true },
        },
      ],
    };
    const text = `<L>${writeMembers(value, LIFECYCLE)}</L>`;
    expect(readMembers(readXml(text), LIFECYCLE)).toEqual(value);
    expect(() => readMembers(readXml('<L><Unknown/></L>'), LIFECYCLE)).toThrow(
      expect.objectContaining({ code: 'MalformedXML' }),
    );
  });
});
