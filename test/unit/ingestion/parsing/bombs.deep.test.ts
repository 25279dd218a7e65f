import { deflatedZeros, docxOf, docxParagraph, pdfOfStream, zipOf } from './support/documents';
import { laughingForms, pdfOfObjects, pdfOfPages, streamObject } from './support/hostile-pdf';
import { type TestParsers, testParsers } from './support/parse-all';

/** What a document may take here, as the parsers are told. */
const LIMIT_MS = 4_000;
/** A document that goes on far beyond its time fails its test. */
jest.setTimeout(300_000);
const MOST_MEMORY_BYTES = 1024 * 1024 * 1024;

let parsers: TestParsers;
beforeAll(() => {
  parsers = testParsers({ heapMb: 192 });
});
afterAll(() => parsers.end());

const refused = (message: RegExp) =>
  expect.objectContaining({ name: 'DocumentRefused', message: expect.stringMatching(message) });

/** What becomes of a document: its blocks' texts, or why it was refused. In bounded time and memory, and the next one is parsed. */
async function fate(path: string, content: Uint8Array | string): Promise<string> {
  const memory = process.memoryUsage.rss();
  const outcome = await parsers.parse(path, content, { timeLimitMs: LIMIT_MS }).then(
    ({ blocks }) => `read: ${JSON.stringify(blocks).slice(0, 500)}`,
    (error: Error) => `${error.name}: ${error.message}`,
  );
  expect(process.memoryUsage.rss() - memory).toBeLessThan(MOST_MEMORY_BYTES);
  const next = await parsers.parse('fine.md', '# Fine');
  expect(next.blocks).toEqual([{ kind: 'heading', level: 1, text: 'Fine' }]);
  return outcome;
}

const READ_OR_REFUSED = /^(read:|DocumentRefused:)/;

describe('PDFs that are bombs of objects', () => {
  it('ends a page of forms that draw each other 2^40 times', async () => {
    expect(await fate('a.pdf', laughingForms(40))).toMatch(
      /^DocumentRefused: .*(too long|deep|memory|gave up|no text)/,
    );
  });

  it.each<[string, () => Buffer]>([
    ['pages that are their own children', () => pdfOfPages('<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>')],
    ['a table of contents before itself', () => pdfOfObjects(['<< /Type /Catalog /Pages 2 0 R >>'], '/Prev 9')],
    ['arrays a hundred thousand deep', () => pdfOfPages(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['dictionaries a hundred thousand deep', () => pdfOfPages('<< /Kids '.repeat(100_000) + ' >>'.repeat(100_000))],
    ['a length that is itself', () => pdfOfObjects(['<< /Type /Catalog /Pages 2 0 R >>', '2 0 R'])],
    ['half a million objects', () => pdfOfObjects(Array.from({ length: 500_000 }, () => '[1 0 R]'))],
  ])('reads or rejects one of %s', async (_, pdf) => {
    expect(await fate('a.pdf', pdf())).toMatch(READ_OR_REFUSED);
  });

  it('rejects one that says it has a billion pages', async () => {
    const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>';
    expect(await fate('a.pdf', pdfOfPages(pages))).toMatch(/^DocumentRefused: .*(pages|no text)/);
  });

  it('rejects a stream of objects that is a bomb', async () => {
    const zeros = deflatedZeros(60_000_000);
    await expect(
      parsers.parse('a.pdf', pdfOfStream(zeros, '/FlateDecode /Type /ObjStm /N 100000 /First 10')),
    ).rejects.toEqual(refused(/inflated/));
  });

  it('runs no script, opens no file and follows no address of one', async () => {
    const catalog =
      '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> ' +
      '/AA << /O << /S /Launch /F (/bin/sh) >> >> /Names << /EmbeddedFiles << /Names [(a) << /F (a) >>] >> >> >>';
    const page =
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [<< /Subtype /Link ' +
      '/A << /S /URI /URI (http://169.254.169.254/) >> >>] /Resources << /Font << /F << /Type /Font /Subtype /Type1 ' +
      '/BaseFont /Helvetica >> >> >> >>';
    const text = streamObject('', 'BT /F 12 Tf 50 700 Td (Only words) Tj ET');
    const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
    expect(await fate('a.pdf', pdfOfObjects([catalog, pages, page, text]))).toBe(
      'read: [{"kind":"paragraph","text":"Only words"}]',
    );
  });
});

describe('archives within archives', () => {
  it('leaves a bomb that is packed into a DOCX packed', async () => {
    const bomb = zipOf([{ name: 'zeros', content: Buffer.alloc(100_000_000) }]);
    const docx = docxOf(docxParagraph('words'), '', [{ name: 'word/embeddings/inner.zip', content: bomb }]);
    expect(await fate('a.docx', docx)).toMatch(/^read: .*words/);
  });

  it('rejects a DOCX that is packed into a ZIP, and a workbook that is called a DOCX', async () => {
    const zip = zipOf([{ name: 'a.docx', content: docxOf(docxParagraph('words')) }]);
    expect(await fate('a.docx', zip)).toMatch(/^DocumentRefused: .*another archive/);
    const workbook = zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'xl/workbook.xml', content: '<workbook/>' },
    ]);
    expect(await fate('a.docx', workbook)).toMatch(/^DocumentRefused:/);
  });

  it('writes no file, whatever its entries are called', async () => {
    const names = [
      '../../escaped',
      '/tmp/escaped',
      'C:\\escaped',
      'word/../../escaped\u0000.xml',
      '__proto__',
      'constructor',
    ];
    const docx = docxOf(
      docxParagraph('words'),
      '',
      names.map((name) => ({ name, content: 'x' })),
    );
    expect(await fate('a.docx', docx)).toMatch(READ_OR_REFUSED);
    expect(({} as Record<string, unknown>).escaped).toBeUndefined();
  });

  it('rejects six thousand entries', async () => {
    const more = Array.from({ length: 6_000 }, (_, index) => ({ name: `word/${index}.xml`, content: 'x' }));
    expect(await fate('a.docx', docxOf(docxParagraph('words'), '', more))).toMatch(/^DocumentRefused: .*entries/);
  });
});

describe('XML of a DOCX', () => {
  const entity = (type: string) => `<!DOCTYPE a ${type}>`;
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

  it.each<[string, Buffer]>([
    ['a file', docxOf(docxParagraph('&x;'), entity('[<!ENTITY x SYSTEM "file:///etc/passwd">]'))],
    ['an address', docxOf(docxParagraph('&x;'), entity('[<!ENTITY % x SYSTEM "http://169.254.169.254/"> %x;]'))],
    ['a document type elsewhere', docxOf(docxParagraph('a'), entity('SYSTEM "http://127.0.0.1/a.dtd"'))],
    [
      'entities, in another part',
      docxOf(docxParagraph('a'), '', [
        { name: 'customXml/item1.xml', content: `${entity('[<!ENTITY a "b">]')}<a>&a;</a>` },
      ]),
    ],
    [
      'entities, in UTF-16',
      docxOf(docxParagraph('a'), '', [
        { name: 'customXml/item1.xml', content: utf16(`${entity('[<!ENTITY a "b">]')}<a/>`) },
      ]),
    ],
  ])('that names %s is rejected', async (_, docx) => {
    expect(await fate('a.docx', docx)).toMatch(/^DocumentRefused: .*entities/);
  });

  it('whose document type is in small letters is not read as one', async () => {
    const docx = docxOf(docxParagraph('before &x; after'), '<!doctype a [<!ENTITY x SYSTEM "file:///etc/passwd">]>');
    const outcome = await fate('a.docx', docx);
    expect(outcome).toMatch(READ_OR_REFUSED);
    expect(outcome).not.toContain('root:');
  });
});

describe('text', () => {
  it.each<[string, string, () => string | Buffer]>([
    ['Markdown of one line of 5 MB', 'a.md', () => 'word '.repeat(1_000_000)],
    ['Markdown of one word of 5 MB', 'a.md', () => 'x'.repeat(5_000_000)],
    ['HTML of one line of 5 MB', 'a.html', () => `<p>${'word '.repeat(1_000_000)}`],
    ['HTML of one attribute of 5 MB', 'a.html', () => `<p title="${'x'.repeat(5_000_000)}">words`],
    ['text of one line of 30 MB', 'a.txt', () => Buffer.alloc(30_000_000, 'word ')],
    ['front matter that never ends', 'a.md', () => `---\n${'a: b\n'.repeat(200_000)}`],
    [
      'aliases in front matter',
      'a.md',
      () =>
        `---\na: &a [x,x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*a,*a]`).join('\n')}\ntitle: t\n---\nwords`,
    ],
  ])('%s is read or rejected in bounded time and memory', async (_, path, content) => {
    expect(await fate(path, content())).toMatch(READ_OR_REFUSED);
  });
});
