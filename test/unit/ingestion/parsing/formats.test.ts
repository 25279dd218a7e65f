import { createDocumentParsers } from '../../../../lambdas/ingestion/adapters/parsing/document-parsers';
import { systemClock } from '../../../../lambdas/shared/clock';
import { docxOf, docxParagraph, pdfOf } from './support/documents';
import { readAll, type TestParsers, testParsers } from './support/parse-all';
import { bundleThread } from './support/thread-bundle';

let parsers: TestParsers;
beforeAll(() => {
  parsers = testParsers();
});
afterAll(() => parsers.end());

describe('Markdown', () => {
  it('keeps headings, lists, tables, code and quotes', async () => {
    const markdown = [
      '---\ntitle: "Front"\n---',
      '# Name *of* it',
      'First `line`\nsecond line, [a link](http://x.test) and ![a picture](p.png).',
      '## Second',
      '1. one\n2. two\n   - deeper\n   - [x] done',
      '| a | b |\n|---|---|\n| 1 | **2** |',
      '```ts\nconst x = 1;\n\n  y();\n```',
      '> quoted\n> words',
    ].join('\n\n');
    const { blocks, facts } = await parsers.parse('a/README.md', markdown);
    expect(blocks).toEqual([
      { kind: 'heading', level: 1, text: 'Name of it' },
      { kind: 'paragraph', text: 'First line second line, a link and a picture.' },
      { kind: 'heading', level: 2, text: 'Second' },
      { kind: 'list', isOrdered: true, items: ['one', 'two', '  deeper', '  done'] },
      { kind: 'table', header: ['a', 'b'], rows: [['1', '2']] },
      { kind: 'code', language: 'ts', text: 'const x = 1;\n\n  y();' },
      { kind: 'quote', text: 'quoted words' },
    ]);
    expect(facts).toEqual({ format: 'markdown', title: 'Front', replacedBytes: 0, hasInstructions: false });
  });

  it('reads HTML within it, whose script it drops', async () => {
    const { blocks } = await parsers.parse(
      'a.md',
      '<h1 align="center">Name</h1>\n\n<script>steal()</script>\n\ntext\n',
    );
    expect(blocks).toEqual([
      { kind: 'heading', level: 1, text: 'Name' },
      { kind: 'paragraph', text: 'text' },
    ]);
  });

  it('reads a long document in parts as it would whole: fences, references', async () => {
    const section = (index: number) =>
      `## Section ${index}\n\nSee [the guide][guide].\n\n${'x'.repeat(700)}\n\n\`\`\`\n\n# no heading\n\`\`\`\n`;
    const markdown = `${Array.from({ length: 60 }, (_, index) => section(index)).join('\n')}\n[guide]: http://x.test\n`;
    const { blocks } = await parsers.parse('a.md', markdown);
    expect(blocks.filter(({ kind }) => kind === 'heading')).toHaveLength(60);
    expect(blocks.filter(({ kind }) => kind === 'code')).toHaveLength(60);
    const paragraphs = blocks.filter(({ kind }) => kind === 'paragraph');
    const texts = new Set(paragraphs.map((block) => 'text' in block && block.text));
    expect(texts).toEqual(new Set(['See the guide.', 'x'.repeat(700)]));
  });
});

describe('HTML', () => {
  it('keeps structure and drops scripts, styles, navigation and what is hidden', async () => {
    const html = `<!doctype html><html><head><title>The  page</title><style>p{}</style></head><body>
      <nav><ul><li>Home</li></ul></nav><script>alert(1)</script>
      <h1>Top</h1><p>One <b>bold</b> &amp; more<br>line two</p>
      <div style="display: none">hidden</div><p hidden>also</p>
      <ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>
      <table><thead><tr><th>k</th><th>v</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>
      <pre><code class="language-js">let a;
  b()</code></pre><blockquote>said</blockquote><footer>imprint</footer></body></html>`;
    const { blocks, facts } = await parsers.parse('a.html', html);
    expect(facts.title).toBe('The page');
    expect(blocks).toEqual([
      { kind: 'heading', level: 1, text: 'Top' },
      { kind: 'paragraph', text: 'One bold & more\nline two' },
      { kind: 'list', isOrdered: false, items: ['a', '  b', 'c'] },
      { kind: 'table', header: ['k', 'v'], rows: [['1', '2']] },
      { kind: 'code', language: 'js', text: 'let a;\n  b()' },
      { kind: 'quote', text: 'said' },
    ]);
  });
});

describe('PDF', () => {
  it('gives paragraphs of lines, headings by size, pages and title', async () => {
    const pdf = await pdfOf(
      [
        [
          { text: 'Great Title', size: 24 },
          { text: 'The first line of a para-', size: 10, gap: 40 },
          { text: 'graph goes on here.', size: 10 },
          { text: 'Another paragraph.', size: 10, gap: 30 },
        ],
        [
          { text: 'Part', size: 16 },
          { text: 'On the second page.', size: 10, gap: 30 },
        ],
      ],
      'Of the file',
    );
    const { blocks, facts } = await parsers.parse('a.pdf', pdf);
    expect(blocks).toEqual([
      { kind: 'heading', level: 1, text: 'Great Title' },
      { kind: 'paragraph', text: 'The first line of a paragraph goes on here.' },
      { kind: 'paragraph', text: 'Another paragraph.' },
      { kind: 'heading', level: 2, text: 'Part' },
      { kind: 'paragraph', text: 'On the second page.' },
    ]);
    expect(facts).toMatchObject({ format: 'pdf', pageCount: 2, title: 'Of the file' });
  });
});

describe('DOCX', () => {
  it('gives headings, paragraphs and tables', async () => {
    const cell = (text: string) => `<w:tc>${docxParagraph(text)}</w:tc>`;
    const body =
      docxParagraph('Report', 'Heading1') +
      docxParagraph('Some words.') +
      docxParagraph('Part', 'Heading2') +
      `<w:tbl><w:tr>${cell('a')}${cell('b')}</w:tr><w:tr>${cell('1')}${cell('2')}</w:tr></w:tbl>`;
    const { blocks, facts } = await parsers.parse('a.docx', docxOf(body));
    expect(blocks).toEqual([
      { kind: 'heading', level: 1, text: 'Report' },
      { kind: 'paragraph', text: 'Some words.' },
      { kind: 'heading', level: 2, text: 'Part' },
      {
        kind: 'table',
        rows: [
          ['a', 'b'],
          ['1', '2'],
        ],
      },
    ]);
    expect(facts).toMatchObject({ format: 'docx', title: 'Report' });
  });
});

describe('the function’s bundle', () => {
  const bundle = bundleThread('lambdas/ingestion/handlers/parse-documents.ts');
  const functionParsers = createDocumentParsers({ threadFile: bundle.file, clock: systemClock });
  afterAll(() => {
    functionParsers.end();
    bundle.remove();
  });

  it('is the thread too, though a thread has no environment', async () => {
    const bytes = (async function* () {
      yield Buffer.from('# Title');
    })();
    const { blocks } = await readAll(functionParsers, { path: 'a.md', bytes, timeLimitMs: 20_000 });
    expect(blocks).toEqual([{ kind: 'heading', level: 1, text: 'Title' }]);
  });

  it('has at most 3 MB', () => {
    expect(bundle.bytes).toBeLessThan(3_000_000);
  });
});
