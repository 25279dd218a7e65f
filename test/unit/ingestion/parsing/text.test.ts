import { parseText } from '../../../../lambdas/ingestion/adapters/parsing/text/parse-text';
import { type TestParsers, testParsers } from './support/parse-all';

let parsers: TestParsers;
beforeAll(() => {
  parsers = testParsers();
});
afterAll(() => parsers.end());

const refused = (message: RegExp) =>
  expect.objectContaining({ name: 'DocumentRefused', message: expect.stringMatching(message) });
const paragraphsOf = async (path: string, content: Uint8Array | string, contentType?: string) => {
  const { blocks, facts } = await parsers.parse(path, content, { contentType });
  return { texts: blocks.map((block) => ('text' in block ? block.text : block.kind)), facts };
};

describe('encodings', () => {
  const text = 'Grüße,\n“Welt” 😀\n\nzweiter Absatz mit einigen Wörtern';
  const paragraphs = ['Grüße,\n“Welt” 😀', 'zweiter Absatz mit einigen Wörtern'];
  const utf16 = Buffer.from(text, 'utf16le');

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, high byte first, with its mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', utf16],
    ['UTF-16, high byte first, without a mark', Buffer.from(utf16).swap16()],
  ])('reads %s', async (_name, bytes) => {
    const { texts, facts } = await paragraphsOf('a.txt', bytes);
    expect(texts).toEqual(paragraphs);
    expect(facts).toMatchObject({ format: 'text', title: 'Grüße,', replacedBytes: 0 });
  });

  it('replaces and counts bytes that are no text', async () => {
    const bytes = Buffer.concat([
      Buffer.from('many good words here '),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(' and there'),
    ]);
    const { texts, facts } = await paragraphsOf('a.txt', bytes);
    expect(texts).toEqual(['many good words here \ufffd\ufffd and there']);
    expect(facts.replacedBytes).toBe(2);
  });

  it('drops a few null bytes', async () => {
    expect((await paragraphsOf('a.txt', `${'words '.repeat(40)}\0end`)).texts).toEqual([`${'words '.repeat(40)}end`]);
  });

  it('keeps characters that lie across pieces of the stream', async () => {
    const words = `${'€'.repeat(9)} `.repeat(20_000);
    const { texts } = await paragraphsOf('a.txt', words);
    expect(texts.join(' ').replaceAll('\n', ' ').replaceAll(/\s+/g, ' ').trim()).toBe(words.trim());
  });
});

describe('what is no text', () => {
  const noise = Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7919 + (index >> 3) * 31) % 256));
  it.each([
    ['noise', 'a.txt', noise, /no text/],
    ['noise in Markdown', 'a.md', noise, /no text/],
    ['a picture', 'a.txt', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), noise]), /image/],
    ['a PDF', 'notes.md', Buffer.from('%PDF-1.7 and so on'), /is a PDF/],
    ['text that is called a PDF', 'a.pdf', Buffer.from('only words'), /is none/],
    ['text that is called a DOCX', 'a.docx', Buffer.from('only words'), /is none/],
    ['a program', 'a.exe', Buffer.from('MZ'), /not supported/],
    ['nothing', 'a.md', Buffer.alloc(0), /empty/],
    ['blank lines', 'a.md', Buffer.from(' \n\n\t\n'), /no text/],
    ['blank text', 'a.txt', Buffer.from(' \n\n\t\n'), /no text/],
  ])('rejects %s', async (_name, path, bytes, message) => {
    await expect(parsers.parse(path, bytes)).rejects.toEqual(refused(message));
  });
});

describe('which parser', () => {
  it.each([
    ['LICENSE', undefined, 'plain words', 'text'],
    ['LICENSE', 'binary/octet-stream', 'plain words', 'text'],
    ['page', 'text/html; charset=utf-8', '<p>words', 'html'],
    ['page', undefined, '<!doctype html><p>words', 'html'],
    ['news.url', 'text/html', '<p>words', 'html'],
    ['code.py', 'text/plain', 'words', 'text'],
    ['.gitignore/README.MD', 'text/plain', '# words', 'markdown'],
  ])('reads %s of type %s', async (path, contentType, content, format) => {
    expect((await parsers.parse(path, content, { contentType })).facts.format).toBe(format);
  });
});

describe('long text', () => {
  async function* pieces(count: number, make: (index: number) => string): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < count; index++) yield Buffer.from(make(index));
  }

  it('is read in bounded pieces, though it has no line end', async () => {
    let longest = 0;
    let total = 0;
    for await (const block of parseText(pieces(300, (index) => `word${index} `.repeat(1_000)))) {
      const { length } = 'text' in block ? block.text : '';
      longest = Math.max(longest, length);
      total += length;
    }
    expect(total).toBeGreaterThan(2_000_000);
    expect(longest).toBeLessThan(40_000);
  });

  it('is read in bounded pieces, though it has no space', async () => {
    const blocks: number[] = [];
    for await (const block of parseText(pieces(60, () => 'x'.repeat(50_000)))) {
      blocks.push('text' in block ? block.text.replaceAll('\n', '').length : 0);
    }
    expect(blocks.reduce((sum, length) => sum + length)).toBe(3_000_000);
    expect(Math.max(...blocks)).toBeLessThan(40_000);
  });

  it('falls into the same paragraphs after a line that was inserted at its top', async () => {
    const lines = Array.from(
      { length: 4_000 },
      (_, index) => `entry ${String((index * 7919) % 10_007).padStart(5, '0')} of the log`,
    );
    const paragraphs = async (all: string[]) => {
      const texts = new Set<string>();
      for await (const block of parseText(pieces(1, () => all.join('\n')))) if ('text' in block) texts.add(block.text);
      return texts;
    };
    const before = await paragraphs(lines);
    const after = await paragraphs(['a new line at the top..', ...lines]);
    const kept = [...before].filter((text) => after.has(text)).length;
    expect(before.size).toBeGreaterThan(20);
    expect(kept / before.size).toBeGreaterThan(0.9);
  });
});
