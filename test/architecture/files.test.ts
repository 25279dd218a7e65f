import path from 'node:path';
import { readSource, sourceFiles } from './support/import-graph';

const DRAWERS = /^(utils?|helpers?|common|misc|manager)$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|deep\.test|d))?\.ts$/;
const LONGEST_FILE_LINES = 400;

describe('files', () => {
  const files = sourceFiles();

  it('have names in kebab-case', () => {
    expect(files.filter((file) => !KEBAB.test(path.basename(file)))).toEqual([]);
  });

  it('lie in no drawer', () => {
    const parts = files.flatMap((file) =>
      file
        .replace(/\.ts$/, '')
        .split('/')
        .map((part) => ({ file, part })),
    );
    expect(parts.filter(({ part }) => DRAWERS.test(part))).toEqual([]);
  });

  it(`stay under ${LONGEST_FILE_LINES} lines`, () => {
    expect(files.filter((file) => readSource(file).split('\n').length > LONGEST_FILE_LINES)).toEqual([]);
  });

  it('skip and focus no test', () => {
    const tests = files.filter((file) => file.endsWith('.test.ts'));
    const skipping = /\b(it|test|describe)\.(skip|only|todo)\b|\b(xit|fit|xdescribe|fdescribe)\(/;
    expect(tests.length).toBeGreaterThan(10);
    expect(
      tests.filter((file) => file !== 'test/architecture/files.test.ts' && skipping.test(readSource(file))),
    ).toEqual([]);
  });
});
