import fc from 'fast-check';
import { findJsonFault } from '../../../local/engine/validation/json-text';

describe('findJsonFault', () => {
  it('finds nothing in what JSON.parse takes', () => {
    fc.assert(fc.property(fc.json(), (text) => findJsonFault(text) === undefined));
  });

  it('finds a fault, and never throws, in what JSON.parse refuses', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 3 }))
      .map(
        ([text, at, junk]) => text.slice(0, at % (text.length + 1)) + junk + text.slice((at % (text.length + 1)) + 1),
      )
      .filter((text) => {
        try {
          JSON.parse(text);
          return false;
        } catch {
          return true;
        }
      });
    fc.assert(fc.property(broken, (text) => (findJsonFault(text)?.message.length ?? 0) > 0));
  });

  it.each([
    [
      'not some json',
      "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    ["{'a': 1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name"],
  ])('words the fault of %s as AWS does', (text, message) => {
    expect(findJsonFault(text)?.message).toBe(message);
  });

  it('says the line and column after the token', () => {
    expect(findJsonFault('{\n "a": nope\n}')).toMatchObject({ line: 2, column: 11 });
  });
});
