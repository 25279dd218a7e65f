import type { Json } from '../../../local/engine/contract';
import { csvItems } from '../../../local/services/stepfunctions/map-run/csv-items';
import { bodyChunks, linesOf } from '../../../local/services/stepfunctions/map-run/object-text';

async function read(text: string, config: Record<string, Json>): Promise<Json[]> {
  const items: Json[] = [];
  for await (const item of csvItems(linesOf(bodyChunks(text)), config)) items.push(item);
  return items;
}

describe('csvItems', () => {
  it('names the fields by the first row, drops what is too much and fills what is missing', async () => {
    expect(await read('a,b\n1,2,3\r\n4\n', { CSVHeaderLocation: 'FIRST_ROW' })).toEqual([
      { a: '1', b: '2' },
      { a: '4', b: '' },
    ]);
  });

  it('takes headers and delimiter from the configuration', async () => {
    const config = { CSVHeaderLocation: 'GIVEN', CSVHeaders: ['x', 'y'], CSVDelimiter: 'PIPE' };
    expect(await read('1|2', config)).toEqual([{ x: '1', y: '2' }]);
  });

  it('keeps delimiters, quotes and line ends inside quotes', async () => {
    expect(await read('a,b\n"x, ""y""\nz",2', { CSVHeaderLocation: 'FIRST_ROW' })).toEqual([
      { a: 'x, "y"\nz', b: '2' },
    ]);
  });

  it('fails for a delimiter that AWS does not know', async () => {
    await expect(read('a', { CSVDelimiter: 'DOT' })).rejects.toMatchObject({ error: 'States.ItemReaderFailed' });
  });
});
