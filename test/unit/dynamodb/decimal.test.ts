import fc from 'fast-check';
import {
  addNumbers,
  compareNumbers,
  normaliseNumber,
  numberSizeBytes,
  sortableNumber,
  subtractNumbers,
} from '../../../local/services/dynamodb/decimal';

const SCALE = 20;

/** Numbers with up to 15 whole and 15 fractional digits: sums of them keep within 38 digits. */
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 15 }))
  .map(([coefficient, places]) => {
    const digits = (coefficient < 0n ? -coefficient : coefficient).toString().padStart(places + 1, '0');
    const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
    return normaliseNumber(coefficient < 0n ? `-${text}` : text);
  });

/** The number as an integer of 10^-20. */
function exactly(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return text.startsWith('-') ? -value : value;
}

describe('numbers', () => {
  it.each([
    ['007', '7'],
    ['-0', '0'],
    ['0.0', '0'],
    ['1.500', '1.5'],
    ['+3', '3'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['1E-3', '0.001'],
    ['-12.30e1', '-123'],
    ['9007199254740993', '9007199254740993'],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
    [`1${'0'.repeat(125)}`, `1${'0'.repeat(125)}`],
    ['1e-130', `0.${'0'.repeat(129)}1`],
  ])('writes %s as %s', (given, expected) => expect(normaliseNumber(given)).toBe(expected));

  it.each([
    ['', 'The parameter cannot be converted to a numeric value: '],
    ['1.2.3', 'The parameter cannot be converted to a numeric value: 1.2.3'],
    [' 1', 'The parameter cannot be converted to a numeric value:  1'],
    ['0x10', 'The parameter cannot be converted to a numeric value: 0x10'],
    ['NaN', 'The parameter cannot be converted to a numeric value: NaN'],
    ['Infinity', 'The parameter cannot be converted to a numeric value: Infinity'],
    ['1e9223372036854775808', 'The parameter cannot be converted to a numeric value: 1e9223372036854775808'],
    ['1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['-1e99999999999', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['0e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['1e-131', 'Number underflow. Attempting to store a number with magnitude smaller than supported range'],
    ['1.00000000000000000000000000000000000001', 'Attempting to store more than 38 significant digits in a Number'],
  ])('rejects %j', (given, message) => expect(() => normaliseNumber(given)).toThrow(message));

  it('adds and subtracts exactly', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(exactly(addNumbers(a, b))).toBe(exactly(a) + exactly(b));
        expect(exactly(subtractNumbers(a, b))).toBe(exactly(a) - exactly(b));
        expect(normaliseNumber(addNumbers(a, b))).toBe(addNumbers(a, b));
      }),
      { numRuns: 2000 },
    );
  });

  it('adds where binary floating point would not', () => {
    expect(addNumbers('0.1', '0.2')).toBe('0.3');
    expect(addNumbers('9007199254740993', '1')).toBe('9007199254740994');
    expect(addNumbers('99999999999999999999999999999999999999', '-1')).toBe('99999999999999999999999999999999999998');
  });

  it('rejects a sum of more than 38 digits or beyond the range', () => {
    expect(() => addNumbers('1e37'.replace('1e37', `1${'0'.repeat(37)}`), '0.1')).toThrow(
      'more than 38 significant digits',
    );
    expect(() => addNumbers(`9${'0'.repeat(125)}`, `9${'0'.repeat(125)}`)).toThrow('Number overflow');
  });

  it('orders by value, as numbers and as text of keys', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const expected = exactly(a) < exactly(b) ? -1 : exactly(a) > exactly(b) ? 1 : 0;
        expect(Math.sign(compareNumbers(a, b))).toBe(expected);
        const [left, right] = [sortableNumber(a), sortableNumber(b)];
        expect(left < right ? -1 : left > right ? 1 : 0).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts a byte for two digits, one more, and one for the sign', () => {
    expect(['0', '7', '100', '1234', '-12345', '0.05'].map(numberSizeBytes)).toEqual([1, 2, 2, 3, 5, 2]);
  });
});
