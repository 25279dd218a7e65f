import fc from 'fast-check';
import type { Block } from '../../../../lambdas/ingestion/domain/blocks';
import { blockText } from '../../../../lambdas/ingestion/domain/blocks/block-text';
import type { Chunk } from '../../../../lambdas/ingestion/domain/chunk';
import { chunkBlocks } from '../../../../lambdas/ingestion/domain/chunking/chunk-blocks';
import { embeddedText, textHashOf } from '../../../../lambdas/ingestion/domain/embedded-text';

/** How many times as long properties are searched: chunk-blocks.deep.test.ts sets it. */
const SEARCH_FACTOR = Number(process.env.SEARCH_FACTOR ?? 1);

async function chunksOf(blocks: readonly Block[], documentId = 'acme/guide.md'): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of chunkBlocks(documentId, blocks)) chunks.push(chunk);
  return chunks;
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
/** Words that follow from a seed; no two sentences are alike. */
function words(seed: number, count: number): string {
  let state = seed * 2_654_435_761;
  const all = Array.from({ length: count }, (_, index) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return `${state.toString(36).slice(0, 3 + (state % 5))}${index % 11 === 10 ? '.' : ''}`;
  });
  return all.join(' ');
}
const wordsIn = (text: string): string[] => text.split(/[\s|]+/).filter(Boolean);

describe('sections', () => {
  it('never share a chunk, and give it their headings', async () => {
    const chunks = await chunksOf([
      paragraph('before'),
      heading(1, 'One'),
      paragraph('a'),
      heading(2, 'Two'),
      paragraph('b'),
      heading(3, 'Three'),
      paragraph('c'),
      heading(2, 'Four'),
      paragraph('d'),
    ]);
    expect(chunks.map(({ heading: path, text }) => [path.join('/'), text])).toEqual([
      ['', 'before'],
      ['One', 'a'],
      ['One/Two', 'b'],
      ['One/Two/Three', 'c'],
      ['One/Four', 'd'],
    ]);
    expect(chunks.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4]);
  });

  it('that hold nothing become chunks of their headings, once', async () => {
    const chunks = await chunksOf([heading(1, 'Title'), heading(2, 'Empty'), heading(2, 'Full'), paragraph('x')]);
    expect(chunks.map(({ heading: path, text }) => [path.join('/'), text])).toEqual([
      ['Title', 'Empty'],
      ['Title/Full', 'x'],
    ]);
  });

  it('share small neighbours: paragraphs, lists, short code and tables', async () => {
    const chunks = await chunksOf([
      paragraph('Install it:'),
      { kind: 'code', text: 'npm i x', language: 'sh' },
      { kind: 'list', items: ['a', '  b'], isOrdered: false },
      { kind: 'table', header: ['k', 'v'], rows: [['1', '2']] },
    ]);
    expect(chunks.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'Install it:\n\nnpm i x\n\na\n  b\n\nk | v\n1 | 2'],
    ]);
  });
});

describe('code and tables', () => {
  const line = (index: number) => `  const value${index} = compute(${index}, 'some words');`;

  it('keep code of up to 1,900 characters whole, alone', async () => {
    const code = Array.from({ length: 30 }, (_, index) => line(index)).join('\n');
    const chunks = await chunksOf([paragraph('before'), { kind: 'code', text: code }, paragraph('after')]);
    expect(chunks.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'before'],
      ['code', code],
      ['text', 'after'],
    ]);
  });

  it('cut longer code between lines', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => line(index));
    const chunks = await chunksOf([{ kind: 'code', text: lines.join('\n') }]);
    expect(chunks.length).toBeGreaterThan(5);
    expect(chunks.map(({ text }) => text).join('\n')).toBe(lines.join('\n'));
  });

  it('repeat a table’s header in each chunk', async () => {
    const rows = Array.from({ length: 500 }, (_, row) => [`row ${row}`, words(row, 6)]);
    const chunks = await chunksOf([{ kind: 'table', header: ['name', 'meaning'], rows }]);
    expect(chunks.length).toBeGreaterThan(10);
    for (const { kind, text } of chunks) {
      expect(kind).toBe('table');
      expect(text).toMatch(/^name \| meaning\nrow \d+ \| /);
    }
    const all = chunks.flatMap(({ text }) => text.split('\n').slice(1));
    expect(all).toEqual(rows.map((row) => row.join(' | ')));
  });

  it('make a header that is too long to repeat the first row', async () => {
    const header = Array.from({ length: 100 }, (_, column) => `column${column}`);
    const rows = Array.from({ length: 50 }, (_, row) => [words(row, 20)]);
    const chunks = await chunksOf([{ kind: 'table', header, rows }]);
    expect(chunks.flatMap(({ text }) => wordsIn(text)).filter((word) => word.startsWith('column'))).toEqual(header);
  });
});

describe('every document', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
    fc.integer({ min: 1, max: 900 }).map((count) => words(count, count)),
    fc.integer({ min: 1, max: 5_000 }).map((count) => 'x'.repeat(count)),
    fc.integer({ min: 1, max: 2_500 }).map((count) => '😀'.repeat(count)),
  );
  const block: fc.Arbitrary<Block> = fc.oneof(
    text.map(paragraph),
    fc.record({ kind: fc.constant('heading' as const), level: fc.constantFrom(1, 2, 3, 4, 5, 6), text }),
    fc.record({ kind: fc.constant('code' as const), text }),
    fc.record({
      kind: fc.constant('list' as const),
      items: fc.array(text, { minLength: 1, maxLength: 8 }),
      isOrdered: fc.boolean(),
    }),
    fc.record(
      {
        kind: fc.constant('table' as const),
        header: fc.array(text, { minLength: 1, maxLength: 3 }),
        rows: fc.array(fc.array(text, { maxLength: 3 }), { maxLength: 6 }),
      },
      { requiredKeys: ['kind', 'rows'] },
    ),
  );

  it('gives chunks of 1 to 2,000 characters with ids of their own, the same each time, that lose no character', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(block, { maxLength: 12 }), async (blocks) => {
        const chunks = await chunksOf(blocks);
        expect(await chunksOf(blocks)).toEqual(chunks);
        expect(new Set(chunks.map(({ chunkId }) => chunkId)).size).toBe(chunks.length);
        for (const [index, chunk] of chunks.entries()) {
          expect(chunk.position).toBe(index);
          expect(chunk.chunkId).toMatch(/^[\w-]{22}$/);
          expect(chunk.text.length).toBeGreaterThan(0);
          expect(chunk.text.length).toBeLessThanOrEqual(2_000);
          expect(chunk.text).not.toMatch(/\p{Surrogate}/u);
          expect(chunk.textHash).toBe(textHashOf(embeddedText(chunk)));
        }
        const kept = chunks
          .map((chunk) => [...chunk.heading, chunk.text].join(''))
          .join('')
          .replaceAll(/[\s|]/g, '');
        const letters = new Set(kept);
        const missing = blocks
          .flatMap((one) => [...blockText(one).replaceAll(/[\s|]/g, '')])
          .filter((letter) => !letters.has(letter));
        expect(missing).toEqual([]);
      }),
      { numRuns: 10 * SEARCH_FACTOR },
    );
  });

  it('keeps every word of a paragraph in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3_000), { minLength: 1, maxLength: 10 }), async (counts) => {
        const texts = counts.map((count, index) => words(index + 1, count + 1));
        const chunks = await chunksOf(texts.map(paragraph));
        expect(chunks.flatMap((chunk) => wordsIn(chunk.text))).toEqual(texts.flatMap(wordsIn));
      }),
      { numRuns: 20 * SEARCH_FACTOR },
    );
  });
});

describe('a change', () => {
  /** Long documents of sections and paragraphs, or of paragraphs alone, or of one endless paragraph. */
  function longDocument(seed: number, shape: 'sections' | 'flat' | 'endless'): Block[] {
    if (shape === 'endless') return Array.from({ length: 30 }, (_, index) => paragraph(words(seed + index, 2_500)));
    return Array.from({ length: 400 }, (_, index): Block => {
      if (shape === 'sections' && index % 9 === 0) return heading(index % 27 === 0 ? 1 : 2, `Section ${seed}-${index}`);
      return paragraph(words(seed * 1_000 + index, 20 + ((seed + index * 37) % 160)));
    });
  }
  const share = (before: readonly Chunk[], after: readonly Chunk[]) => {
    const ids = new Set(after.map(({ chunkId }) => chunkId));
    return before.filter(({ chunkId }) => ids.has(chunkId)).length / before.length;
  };
  const shape = fc.constantFrom('sections' as const, 'flat' as const, 'endless' as const);

  it('of a paragraph inserted at the top leaves at least 90 % of the ids as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), shape, fc.integer({ min: 1, max: 300 }), async (seed, form, count) => {
        const blocks = longDocument(seed, form);
        const inserted = [paragraph(words(seed + 77_777, count)), ...blocks];
        const [before, after] = [await chunksOf(blocks), await chunksOf(inserted)];
        expect(before.length).toBeGreaterThan(40);
        expect(share(before, after)).toBeGreaterThanOrEqual(0.9);
      }),
      { numRuns: 4 * SEARCH_FACTOR },
    );
  });

  it('of one paragraph anywhere gives few new ids', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), fc.nat(399), async (seed, at) => {
        const blocks = longDocument(seed, 'flat');
        const changed = [...blocks.slice(0, at), paragraph(words(seed + 99_999, 60)), ...blocks.slice(at + 1)];
        const [before, after] = [await chunksOf(blocks), await chunksOf(changed)];
        expect(share(after, before)).toBeGreaterThanOrEqual(0.9);
      }),
      { numRuns: 6 * SEARCH_FACTOR },
    );
  });

  it('of the document’s name changes every id and no text hash', async () => {
    const blocks = longDocument(1, 'sections');
    const [before, after] = [await chunksOf(blocks), await chunksOf(blocks, 'acme/other.md')];
    expect(share(before, after)).toBe(0);
    expect(after.map(({ textHash }) => textHash)).toEqual(before.map(({ textHash }) => textHash));
  });

  it('does not touch the ids of equal paragraphs elsewhere', async () => {
    const same = [heading(1, 'A'), paragraph('same'), heading(1, 'A'), paragraph('same')];
    const [first, second] = await chunksOf(same);
    expect(first!.chunkId).not.toBe(second!.chunkId);
    expect((await chunksOf([paragraph('new'), ...same])).slice(1).map(({ chunkId }) => chunkId)).toEqual([
      first!.chunkId,
      second!.chunkId,
    ]);
  });

  it('averages near 1,200 characters a chunk on flowing text', async () => {
    const chunks = await chunksOf(longDocument(5, 'flat'));
    const average = chunks.reduce((sum, { text }) => sum + text.length, 0) / chunks.length;
    expect(average).toBeGreaterThan(950);
    expect(average).toBeLessThan(1_500);
  });
});
