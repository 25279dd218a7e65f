/**
 * Owns DynamoDB's numbers: decimal, exact, up to 38 significant digits, magnitude 1E-130 to 9.99…E+125, as text.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 *
 * Invariants
 * 1. A normalised number has one text only: no exponent, no leading or trailing zeros, no `-0`. Equal means same text.
 * 2. Arithmetic never passes through binary floating point beyond integers that are exact in it.
 */
import { validationError } from './faults';

const OVERFLOW = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const UNDERFLOW = 'Number underflow. Attempting to store a number with magnitude smaller than supported range';
const TOO_PRECISE = 'Attempting to store more than 38 significant digits in a Number';
const NOT_A_NUMBER = 'The parameter cannot be converted to a numeric value';

const SHAPE = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;
const PLAIN_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
const LARGEST_LONG = 9223372036854775807n;

/** Sign, digits without zeros at either end, and the power of ten of the first digit. Zero has no digits. */
interface Decimal {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/** The one text of a number. Throws AWS's ValidationException for text that is no number or does not fit. */
export function normaliseNumber(text: string): string {
  if (PLAIN_INTEGER.test(text)) return text;
  return render(parse(text));
}

/** The exact sum of two normalised numbers. */
export function addNumbers(left: string, right: string): string {
  if (PLAIN_INTEGER.test(left) && PLAIN_INTEGER.test(right)) return String(Number(left) + Number(right));
  const a = parse(left);
  const b = parse(right);
  const scale = Math.min(lowestPower(a), lowestPower(b));
  const sum = scaled(a, scale) + scaled(b, scale);
  const magnitude = sum < 0n ? -sum : sum;
  return render(trim(sum < 0n, magnitude.toString(), scale));
}

/** The exact difference of two normalised numbers. */
export function subtractNumbers(left: string, right: string): string {
  if (right === '0') return left;
  return addNumbers(left, right.startsWith('-') ? right.slice(1) : `-${right}`);
}

/** Negative, zero or positive, as for sorting, of two normalised numbers. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  if (PLAIN_INTEGER.test(left) && PLAIN_INTEGER.test(right)) return Number(left) - Number(right);
  return sortableNumber(left) < sortableNumber(right) ? -1 : 1;
}

/** Text whose order is the order of the numbers. */
export function sortableNumber(normalised: string): string {
  const { isNegative, digits, exponent } = parse(normalised);
  if (digits === '') return '1';
  const power = String((isNegative ? -exponent : exponent) + 500);
  if (!isNegative) return `2${power}${digits}`;
  let complement = '';
  for (const digit of digits) complement += 9 - Number(digit);
  // The colon sorts after every digit: of two negative numbers, the one with fewer digits is the greater.
  return `0${power}${complement}:`;
}

/** Bytes that a number takes: about one for two digits, and one more. */
export function numberSizeBytes(normalised: string): number {
  let digits = 0;
  let pending = 0;
  for (let i = 0; i < normalised.length; i++) {
    const code = normalised.charCodeAt(i);
    if (code === 48) pending += digits > 0 ? 1 : 0;
    else if (code > 48) {
      digits += pending + 1;
      pending = 0;
    }
  }
  return Math.ceil(digits / 2) + 1 + (normalised.charCodeAt(0) === 45 ? 1 : 0);
}

function parse(text: string): Decimal {
  const match = SHAPE.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || whole.length + fraction.length === 0) throw validationError(`${NOT_A_NUMBER}: ${text}`);
  let power = 0;
  if (match[4]) {
    const exponent = BigInt(match[4].replace('+', ''));
    if (exponent > LARGEST_LONG || exponent < -LARGEST_LONG - 1n) throw validationError(`${NOT_A_NUMBER}: ${text}`);
    power = Number(exponent);
  }
  const decimal = trim(match[1] === '-', whole + fraction, power - fraction.length);
  // Zero has no magnitude of its own: DynamoDB takes the exponent that was written.
  const exponent = decimal.digits === '' ? power : decimal.exponent;
  if (exponent > 125) throw validationError(OVERFLOW);
  if (exponent < -130) throw validationError(UNDERFLOW);
  if (decimal.digits.length > 38) throw validationError(TOO_PRECISE);
  return decimal;
}

/** From digits and the power of ten of the last of them. */
function trim(isNegative: boolean, digits: string, lastPower: number): Decimal {
  let start = 0;
  let end = digits.length;
  while (start < end && digits.charCodeAt(start) === 48) start++;
  while (end > start && digits.charCodeAt(end - 1) === 48) end--;
  if (start === end) return { isNegative: false, digits: '', exponent: 0 };
  return { isNegative, digits: digits.slice(start, end), exponent: lastPower + digits.length - 1 - start };
}

function render({ isNegative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  if (exponent > 125) throw validationError(OVERFLOW);
  if (exponent < -130) throw validationError(UNDERFLOW);
  if (digits.length > 38) throw validationError(TOO_PRECISE);
  const sign = isNegative ? '-' : '';
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const wholeLength = exponent + 1;
  if (digits.length <= wholeLength) return sign + digits + '0'.repeat(wholeLength - digits.length);
  return `${sign}${digits.slice(0, wholeLength)}.${digits.slice(wholeLength)}`;
}

function lowestPower(decimal: Decimal): number {
  return decimal.digits === '' ? 0 : decimal.exponent - decimal.digits.length + 1;
}

function scaled(decimal: Decimal, scale: number): bigint {
  if (decimal.digits === '') return 0n;
  const value = BigInt(decimal.digits) * 10n ** BigInt(lowestPower(decimal) - scale);
  return decimal.isNegative ? -value : value;
}
