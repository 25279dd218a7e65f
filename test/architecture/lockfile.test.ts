import { readSource } from './support/import-graph';

const lock = JSON.parse(readSource('package-lock.json')) as { packages: Record<string, any> };
const manifest = JSON.parse(readSource('package.json'));

describe('the lockfile', () => {
  it('holds the packages of every platform, or npm ci fails on those that are missing', () => {
    const locked = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').pop()));
    const optional = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    expect(optional.length).toBeGreaterThan(20);
    expect(optional.filter((name) => !locked.has(name))).toEqual([]);
  });

  it('names no registry', () => {
    expect(Object.values(lock.packages).filter((entry) => entry.resolved)).toEqual([]);
  });

  it('agrees with exact versions in package.json', () => {
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies } as Record<string, string>;
    expect(Object.keys(wanted).length).toBeGreaterThan(20);
    for (const [name, version] of Object.entries(wanted)) {
      expect([name, version]).toEqual([name, lock.packages[`node_modules/${name}`]?.version]);
    }
  });
});
