import { stripVTControlCharacters } from 'node:util';
import type { FinishedLoad } from '../../../../bin/commands/ingest/bulk-load';
import type { Ending } from '../../../../bin/commands/ingest/follow-documents';
import { ProgressBar } from '../../../../bin/commands/ingest/progress-bar';
import { renderSummary, summarize } from '../../../../bin/commands/ingest/summary';

const NOTHING = { chunks: 0, reused: 0, embedded: 0, transitions: 0, seconds: 0 };

const endings: Ending[] = [
  { path: 'a.md', status: 'visible', chunks: 10, reused: 4, embedded: 6, transitions: 6, seconds: 2 },
  { path: 'b.md', status: 'unchanged', ...NOTHING },
  { path: 'c.exe', status: 'quarantined', reason: 'bad \u001b[31mbytes', ...NOTHING, transitions: 4 },
];

const load: FinishedLoad = {
  visible: 90,
  quarantined: 1,
  superseded: 2,
  handedOver: 3,
  unchanged: 4,
  refused: 0,
  chunks: 500,
  reused: 100,
  embedded: 400,
  quarantinedDocuments: [{ path: 'x.pdf', reason: 'It is encrypted.' }],
  transitions: 8,
  batches: 4,
  batchSeconds: 20,
};

describe('the summary of what was ingested', () => {
  it('adds a bulk load and the documents that it handed over up', () => {
    const summary = summarize({ documents: 100, load, endings, seconds: 9 });
    expect(summary).toMatchObject({
      documents: 100,
      visible: 91,
      unchanged: 5,
      quarantined: 2,
      superseded: 2,
      failed: 0,
      chunks: 510,
      reused: 104,
      embedded: 406,
      transitions: 18,
    });
    expect(summary.reasons.map(({ path }) => path)).toEqual(['x.pdf', 'c.exe']);
  });

  it('prints figures and reasons, and nothing that a terminal would obey', () => {
    const text = stripVTControlCharacters(renderSummary(summarize({ documents: 3, endings, seconds: 1.25 })));
    expect(text).toContain('3: 1 searchable now, 1 unchanged, 1 quarantined');
    expect(text).toContain('10: 4 reused, 6 embedded');
    expect(text).toContain('10 (3.33 a document)');
    expect(text).toContain('  c.exe: bad \\u001b[31mbytes');
  });

  it('estimates nothing but the uploads for documents that were there already', () => {
    const unchanged: Ending[] = [{ path: 'b.md', status: 'unchanged', ...NOTHING }];
    const { estimatedDollars } = summarize({ documents: 1, endings: unchanged, seconds: 1 });
    expect(estimatedDollars).toBeCloseTo(0.000005, 9);
  });

  it('counts a document that nothing was heard of as failed', () => {
    const open: Ending[] = [{ path: 'b.md', status: 'open', reason: 'silence', ...NOTHING }];
    expect(summarize({ documents: 1, endings: open, seconds: 1 })).toMatchObject({
      failed: 1,
      reasons: [{ path: 'b.md', reason: 'silence' }],
    });
  });
});

describe('the progress bar', () => {
  it('redraws one line of a terminal', () => {
    const written: string[] = [];
    const bar = new ProgressBar({ isTTY: true, write: (text) => written.push(text) }, 'uploaded');
    bar.show(1, 2);
    bar.show(2, 2);
    bar.end();
    expect(written).toEqual([
      `\r\u001b[Kuploaded  ${'█'.repeat(15)}${'░'.repeat(15)} 1 of 2`,
      `\r\u001b[Kuploaded  ${'█'.repeat(30)} 2 of 2`,
      '\n',
    ]);
  });

  it('writes a line for each tenth to a file', () => {
    const written: string[] = [];
    const bar = new ProgressBar({ write: (text) => written.push(text) }, 'uploaded');
    for (let done = 0; done <= 1000; done++) bar.show(done, 1000);
    bar.end();
    expect(written).toHaveLength(11);
    expect(written.at(-1)).toMatch(/1000 of 1000\n$/);
  });
});
