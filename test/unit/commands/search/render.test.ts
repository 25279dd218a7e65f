import { stripVTControlCharacters } from 'node:util';
import { Bm25 } from '../../../../bin/commands/search/bm25';
import type { Passage } from '../../../../bin/commands/search/client';
import { excerptOf, renderPassages } from '../../../../bin/commands/search/render';

const passage: Passage = {
  documentId: 'default/docs/cost.md',
  path: 'docs/cost.md',
  heading: ['Cost', 'An order'],
  text: 'An order costs\nfour transitions.',
  score: 0.81234,
  chunkId: 'c',
  position: 3,
};

describe('passages in a terminal', () => {
  it('come ranked, with score, document, headings and text', () => {
    expect(stripVTControlCharacters(renderPassages([passage, { ...passage, heading: [] }], 'order'))).toBe(
      [
        ' 1. 0.812  docs/cost.md › Cost › An order',
        '    An order costs four transitions.',
        ' 2. 0.812  docs/cost.md',
        '    An order costs four transitions.',
      ].join('\n'),
    );
  });

  it('say that a document tries to instruct its reader, and obey no control characters of its text', () => {
    const text = renderPassages([{ ...passage, text: 'x\u001b]0;owned\u0007', hasInstructions: true }], 'order');
    expect(text).toContain('holds instructions to its reader');
    expect(text).not.toContain('\u001b]0;');
    expect(excerptOf(`quokka \u001b[2J ${'filler '.repeat(99)}`, 'quokka')).toContain('\\u001b[2J');
  });

  it('say so when there are none', () => {
    expect(renderPassages([], 'order')).toBe('Nothing was found.');
  });

  it('show the part of a long text that has a word of the query', () => {
    const excerpt = excerptOf(`${'filler '.repeat(200)}quokka ${'filler '.repeat(200)}`, 'the quokka');
    expect(excerpt).toMatch(/^… .*quokka.* …$/);
    expect(excerpt.length).toBeLessThan(300);
  });
});

describe('BM25', () => {
  const texts = ['the cat sat on the mat', 'a dog and a cat', 'stock markets fell', 'the lamp'];

  it('ranks texts that have rare words of the query before those that have common ones', () => {
    expect(new Bm25(texts).search('the dog', 4)).toEqual([1, 3, 0]);
  });

  it('leaves out texts without any word of the query', () => {
    expect(new Bm25(texts).search('quantum', 5)).toEqual([]);
  });

  it('prefers the shorter of two texts with the same word', () => {
    expect(new Bm25(['lamp and many other words beside it', 'lamp']).search('lamp', 1)).toEqual([1]);
  });
});
