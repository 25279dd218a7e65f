import { createHash } from 'node:crypto';
import {
  attributesBytes,
  attributesMd5,
  readMessageAttributes,
  selectAttributes,
} from '../../../local/services/sqs/message-attributes';

const read =
  (attribute: object, name = 'a') =>
  () =>
    readMessageAttributes({ [name]: attribute });

describe('message attributes', () => {
  it('have the digest of their encoding: lengths, names, types, a byte for the kind, values, in order of name', () => {
    const attributes = readMessageAttributes({
      b: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
      a: { DataType: 'String', StringValue: 'x' },
    });
    const [text, binary] = ['String', 'Binary'].map((type) => `00000006${Buffer.from(type).toString('hex')}`);
    const a = `0000000161${text}010000000178`;
    const b = `0000000162${binary}02000000020102`;
    expect(attributesMd5(attributes)).toBe(
      createHash('md5')
        .update(Buffer.from(a + b, 'hex'))
        .digest('hex'),
    );
    expect(attributesBytes(attributes)).toBe(1 + 6 + 1 + 1 + 6 + 2);
  });

  it('have no digest when there are none', () => {
    expect(attributesMd5({})).toBeUndefined();
  });

  it('take binary values as bytes or as base64', () => {
    const fromBytes = readMessageAttributes({ a: { DataType: 'Binary', BinaryValue: Buffer.from('hi') } });
    const fromText = readMessageAttributes({ a: { DataType: 'Binary', BinaryValue: 'aGk=' } });
    expect(fromBytes).toEqual(fromText);
  });

  it('are selected by name, prefix or all', () => {
    const attributes = readMessageAttributes({
      'order.id': { DataType: 'String', StringValue: '1' },
      'order.total': { DataType: 'Number', StringValue: '2' },
      reason: { DataType: 'String', StringValue: '3' },
    });
    expect(Object.keys(selectAttributes(attributes, ['order.*']))).toEqual(['order.id', 'order.total']);
    expect(Object.keys(selectAttributes(attributes, ['reason', 'nothing']))).toEqual(['reason']);
    expect(Object.keys(selectAttributes(attributes, ['All']))).toHaveLength(3);
    expect(Object.keys(selectAttributes(attributes))).toEqual([]);
  });

  it.each<[string, () => unknown]>([
    ['a reserved name', read({ DataType: 'String', StringValue: 'x' }, 'AWS.x')],
    ['a name with a space', read({ DataType: 'String', StringValue: 'x' }, 'a b')],
    ['no type', read({ StringValue: 'x' })],
    ['an unknown type', read({ DataType: 'Date', StringValue: 'x' })],
    ['an empty value', read({ DataType: 'String', StringValue: '' })],
    ['a number that is none', read({ DataType: 'Number', StringValue: 'twelve' })],
    ['a value of the wrong kind', read({ DataType: 'Binary', StringValue: 'x' })],
    [
      'more than ten',
      () =>
        readMessageAttributes(
          Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, { DataType: 'String', StringValue: 'x' }])),
        ),
    ],
  ])('rejects %s', (_what, reading) => {
    expect(reading).toThrow(expect.objectContaining({ code: 'InvalidParameterValue' }));
  });
});
