import { mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFiles } from '../../../../bin/commands/ingest/local-files';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stepwright-files-'));
});

const write = (name: string, text = 'text') => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};
const paths = (found: ReturnType<typeof findFiles>) => found.files.map((file) => file.path);

describe('files that are ingested', () => {
  it('are those below the folders that are named, called by their path from here', () => {
    for (const name of ['docs/b.md', 'docs/a/one.html', 'docs/c.PDF', 'README']) write(name);
    expect(paths(findFiles(['docs', 'README'], folder))).toEqual([
      'docs/a/one.html',
      'docs/b.md',
      'docs/c.PDF',
      'README',
    ]);
  });

  it('are called by their path from the folder that holds what was named when that lies elsewhere', () => {
    write('elsewhere/docs/a.md');
    mkdirSync(path.join(folder, 'here'));
    expect(paths(findFiles(['../elsewhere/docs'], path.join(folder, 'here')))).toEqual(['docs/a.md']);
    expect(paths(findFiles(['.'], path.join(folder, 'elsewhere')))).toEqual(['elsewhere/docs/a.md']);
  });

  it('come once, however often they are named', () => {
    write('docs/a.md');
    expect(paths(findFiles(['docs', 'docs/a.md', './docs'], folder))).toEqual(['docs/a.md']);
  });

  it('leaves out what is hidden, linked, too large or of no supported type, and says why', () => {
    for (const name of [
      'docs/a.md',
      'docs/.git/config.md',
      'docs/node_modules/x/README.md',
      'docs/run.exe',
      'docs/big.txt',
    ]) {
      write(name);
    }
    symlinkSync(path.join(folder, 'docs/a.md'), path.join(folder, 'docs/link.md'));
    truncateSync(path.join(folder, 'docs/big.txt'), 100 * 1024 * 1024 + 1);
    const found = findFiles(['docs'], folder);
    expect(paths(found)).toEqual(['docs/a.md']);
    expect(Object.fromEntries(found.leftOut.map(({ file, why }) => [file, why]))).toEqual({
      'docs/.git': 'hidden',
      'docs/big.txt': 'larger than 100 MB',
      'docs/link.md': 'no plain file',
      'docs/node_modules': 'node_modules: name it, or what is in it, to have it',
      'docs/run.exe': 'of no supported type',
    });
  });

  it('takes what is in node_modules when that is named', () => {
    write('node_modules/x/README.md');
    expect(paths(findFiles(['node_modules/x'], folder))).toEqual(['node_modules/x/README.md']);
  });

  it('leaves out a path that is too long for a document', () => {
    const name = `docs/${'d'.repeat(240)}/${'e'.repeat(240)}/${'f'.repeat(240)}.md`;
    write(name);
    expect(findFiles(['docs'], folder)).toMatchObject({
      files: [],
      leftOut: [{ why: expect.stringContaining('700 bytes') }],
    });
  });

  it('rejects a path that is not there', () => {
    expect(() => findFiles(['missing.md'], folder)).toThrow('missing.md is not there.');
  });

  it('rejects two files that would be one document', () => {
    write('one/docs/a.md');
    write('two/docs/a.md');
    mkdirSync(path.join(folder, 'here'));
    expect(() => findFiles(['../one/docs', '../two/docs'], path.join(folder, 'here'))).toThrow(
      /would both be the document docs\/a\.md/,
    );
  });
});
