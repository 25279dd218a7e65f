import { sortableNumber } from './decimal';
import type { AttributeValue, KeyAttribute } from './model';

/** Code units that UTF-16 orders differently from UTF-8: surrogates, and what stands above them. */
const OUT_OF_ORDER = /[\ud800-\uffff]/;
const OUT_OF_ORDER_ALL = /[\ud800-\uffff]/g;

/** Text whose order in JavaScript is DynamoDB's order of a key attribute: UTF-8 bytes, numbers by value, bytes. */
export function sortKeyText(attribute: KeyAttribute, value: AttributeValue): string {
  if (attribute.type === 'S') return inUtf8Order(value.S!);
  if (attribute.type === 'N') return sortableNumber(value.N!);
  return Buffer.from(value.B!, 'base64').toString('latin1');
}

/** Negative, zero or positive, as DynamoDB orders two strings: by their UTF-8 bytes. */
export function compareStrings(left: string, right: string): number {
  const a = inUtf8Order(left);
  const b = inUtf8Order(right);
  return a < b ? -1 : a > b ? 1 : 0;
}

function inUtf8Order(text: string): string {
  if (!OUT_OF_ORDER.test(text)) return text;
  return text.replace(OUT_OF_ORDER_ALL, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code >= 0xe000 ? code - 0x800 : code + 0x2000);
  });
}
