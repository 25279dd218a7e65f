import type { Json } from '../../../../engine/contract';

/** How arrays are written in form data: `a[0]=…`, `a=…&a=…`, `a=x,y`, `a[]=…`. */
export type ArrayFormat = 'INDICES' | 'REPEAT' | 'COMMAS' | 'BRACKETS';

/**
 * Form data of a JSON value, percent-encoded; members of members are written `outer[inner]`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#url-encode-request-body
 */
export function formEncoded(value: Json, format: ArrayFormat): string {
  return [...pairs('', value, format)].map(([name, text]) => `${encode(name)}=${encode(text)}`).join('&');
}

function* pairs(name: string, value: Json, format: ArrayFormat): Generator<[name: string, text: string]> {
  if (Array.isArray(value)) {
    if (format === 'COMMAS') yield [name, value.map(scalarText).join(',')];
    else for (const [index, item] of value.entries()) yield* pairs(name + suffixOf(index, format), item, format);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, member] of Object.entries(value))
      yield* pairs(name === '' ? key : `${name}[${key}]`, member, format);
  } else yield [name, scalarText(value)];
}

function suffixOf(index: number, format: ArrayFormat): string {
  if (format === 'INDICES') return `[${index}]`;
  return format === 'BRACKETS' ? '[]' : '';
}

/** A value inside form data, a query or a header: strings as they are, null as nothing. */
export function scalarText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
