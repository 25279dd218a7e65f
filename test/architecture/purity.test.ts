import { readSource, sourceFiles } from './support/import-graph';

/** Reading the machine's clock or randomness outside the kernel would break simulated time and replay. */
const IMPURE = /\b(Date\.now\(|new Date\(\)|Math\.random\(|setTimeout\(|setInterval\(|performance\.now\(|randomUUID\()/;
const PURE = /^(local\/(engine|time)\/|lambdas\/[^/]+\/(domain|contracts)\/)/;

describe('pure rooms', () => {
  const files = sourceFiles().filter((file) => PURE.test(file));

  it('are there to be looked at', () => {
    expect(files.filter((file) => file.startsWith('local/engine/')).length).toBeGreaterThan(20);
    expect(files.filter((file) => file.includes('/domain/')).length).toBeGreaterThan(2);
  });

  it('read neither the clock nor randomness of the machine', () => {
    const impure = files.filter((file) => IMPURE.test(withoutComments(readSource(file))));
    expect(impure).toEqual([]);
  });

  it('rejects a planted reading of the clock', () => {
    expect(IMPURE.test(withoutComments('const now = Date.now(); // fine'))).toBe(true);
    expect(IMPURE.test(withoutComments('// Date.now() is never read here'))).toBe(false);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
