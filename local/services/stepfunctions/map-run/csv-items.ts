import type { Json } from '../../../engine/contract';
import { TaskFault } from '../integrations/integration';

const DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/**
 * One object per row, its members named by the headers: extra fields are dropped, missing ones are empty.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export async function* csvItems(
  lines: AsyncIterable<string>,
  config: { readonly [key: string]: Json },
): AsyncGenerator<Json> {
  const delimiter = DELIMITERS[String(config.CSVDelimiter ?? 'COMMA')];
  if (delimiter === undefined) {
    throw new TaskFault('States.ItemReaderFailed', `The CSVDelimiter '${config.CSVDelimiter}' is not supported`);
  }
  let headers = config.CSVHeaderLocation === 'GIVEN' ? (config.CSVHeaders as string[]) : undefined;
  let pending = '';
  for await (const line of lines) {
    const text = pending === '' ? line : `${pending}\n${line}`;
    // A line end inside quotes belongs to the field.
    if ((text.match(/"/g)?.length ?? 0) % 2 === 1) {
      pending = text;
      continue;
    }
    pending = '';
    const fields = splitRow(text, delimiter);
    if (!headers) headers = fields;
    else yield Object.fromEntries(headers.map((header, index) => [header, fields[index] ?? '']));
  }
}

function splitRow(text: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (isQuoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') {
        field += '"';
        at++;
      } else isQuoted = false;
    } else if (char === '"' && field === '') isQuoted = true;
    else if (char === delimiter) {
      fields.push(field);
      field = '';
    } else field += char;
  }
  fields.push(field);
  return fields;
}
