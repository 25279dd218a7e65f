import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledBundles } from '../../../local/services/lambda/execution/compiled-bundles';

describe('the compiled form of a bundle', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stepwright-compiled-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, source: string) => writeFileSync(join(folder, name), source);

  it('is made once', () => {
    write('index.js', 'exports.handler = () => 1;');
    const bundles = new CompiledBundles();
    const bundle = bundles.of(folder, 'index.handler');
    expect(bundle?.path).toMatch(/index\.js$/);
    expect(bundle?.bytes.byteLength).toBeGreaterThan(0);
    expect(bundles.of(folder, 'index.handler')).toBe(bundle);
  });

  it('is made again when the file was changed, also for one as long', () => {
    write('index.js', 'exports.handler = () => 1;');
    const bundles = new CompiledBundles();
    const before = bundles.of(folder, 'index.handler');
    write('index.js', 'exports.handler = () => 2;');
    utimesSync(join(folder, 'index.js'), 1, 1);
    const after = bundles.of(folder, 'index.handler');
    expect(after).not.toBe(before);
    expect(after).toBeDefined();
  });

  it('is kept for those that were asked for last', () => {
    const bundles = new CompiledBundles();
    const folderOf = (n: number) => join(folder, String(n));
    for (let n = 0; n < 17; n++) {
      mkdirSync(folderOf(n));
      writeFileSync(join(folderOf(n), 'index.js'), `exports.handler = () => ${n};`);
    }
    const first = bundles.of(folderOf(0), 'index.handler');
    const second = bundles.of(folderOf(1), 'index.handler');
    bundles.of(folderOf(0), 'index.handler');
    for (let n = 2; n < 17; n++) bundles.of(folderOf(n), 'index.handler');
    expect(bundles.of(folderOf(0), 'index.handler')).toBe(first);
    expect(bundles.of(folderOf(1), 'index.handler')).not.toBe(second);
  });

  it.each([
    ['a module that imports', 'index.js', 'exports.handler = () => import("node:os");'],
    ['an ES module', 'index.mjs', 'export const handler = () => 1;'],
    ['what is no JavaScript', 'index.js', 'exports.handler = ('],
    ['a file that is not there', 'other.js', 'exports.handler = () => 1;'],
  ])('is not made of %s', (_, name, source) => {
    write(name, source);
    expect(new CompiledBundles().of(folder, 'index.handler')).toBeUndefined();
  });
});
