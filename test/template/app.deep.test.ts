import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BUNDLE_LIMIT_BYTES } from '../../lib/constructs/handler-bundle';
import { S3_BUNDLE_LIMIT_BYTES } from '../../lib/stacks/ingestion/ingestion-functions';
import { alarmFindings } from './alarm-limits';
import { stripeSecretArn } from './stripe-secret';

const root = path.resolve(__dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'stepwright-app-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A machine that knows no account. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));

function run(args: string[], variables: Record<string, string> = {}) {
  return spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...environment, NODE_NO_WARNINGS: '1', ...variables },
  });
}

/** The app as `npm start` runs it. */
const app = (outdir: string, context: Record<string, string> = {}) =>
  run(['--import', 'tsx', 'bin/app.ts'], { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) });
const templateOf = (outdir: string, stack: string) =>
  JSON.parse(readFileSync(path.join(outdir, `stepwright-dev-${stack}.template.json`), 'utf8'));
const bundlesOf = (outdir: string) =>
  readdirSync(outdir)
    .filter((name) => name.startsWith('asset.'))
    .map((name) => path.join(outdir, name, 'index.js'));

describe('the app', () => {
  const outdir = path.join(folder, 'alone');

  it('synthesizes without the CDK CLI, credentials or findings of any rule', () => {
    const { status, stderr } = app(outdir);
    expect({ status, errors: stderr.match(/ERROR.*/g) }).toEqual({ status: 0, errors: null });
  });

  it('bundles each function for itself, small enough, as what Node can load', () => {
    const bundles = bundlesOf(outdir);
    expect(bundles).toHaveLength(44);
    for (const bundle of bundles) expect(run(['--check', bundle]).status).toBe(0);
    const sizes = bundles.map((bundle) => statSync(bundle).size).sort((a, b) => a - b);
    expect(sizes.filter((size) => size <= BUNDLE_LIMIT_BYTES).length).toBeGreaterThanOrEqual(25);
    expect(sizes.at(-2)).toBeLessThanOrEqual(S3_BUNDLE_LIMIT_BYTES);
    // The parsers of PDF and DOCX.
    expect(sizes.at(-1)).toBeLessThan(3_000_000);
  });

  it('gives the CDK CLI the same templates, twice', () => {
    const byCli = path.join(folder, 'cli');
    const cli = path.join(root, 'node_modules/aws-cdk/bin/cdk');
    // The rules have had their say above.
    const { status } = run([cli, 'synth', '--quiet', '--output', byCli], { CDK_VALIDATION: 'false' });
    expect(status).toBe(0);
    for (const stack of ['orders', 'approvals', 'ingestion'])
      expect(templateOf(byCli, stack)).toEqual(templateOf(outdir, stack));
  });

  it('synthesizes production with the ARN of its secret, protected from a careless destroy', () => {
    const production = path.join(folder, 'production');
    const { status, stderr } = app(production, { stage: 'production', stripeSecretArn });
    expect({ status, errors: stderr.match(/ERROR.*/g) }).toEqual({ status: 0, errors: null });
    const { artifacts } = JSON.parse(readFileSync(path.join(production, 'manifest.json'), 'utf8'));
    for (const stack of ['orders', 'approvals', 'ingestion']) {
      expect(artifacts[`stepwright-production-${stack}`].properties.terminationProtection).toBe(true);
    }
    const templates = readdirSync(production).filter((name) => name.endsWith('.template.json'));
    expect(templates).toHaveLength(7);
    for (const name of templates) {
      expect(alarmFindings(JSON.parse(readFileSync(path.join(production, name), 'utf8')))).toEqual([]);
    }
  });

  it('fails in one line for a stage that does not exist', () => {
    const { status, stderr } = app(path.join(folder, 'none'), { stage: 'prod' });
    expect(status).toBe(1);
    expect(stderr).toContain("There is no stage 'prod': use one of dev, production");
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
