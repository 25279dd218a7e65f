import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { readAssembly } from '../../../local/assembly/read-assembly';
import { assetLookup } from '../../../local/assembly/read-assets';

const HERE = { accountId: '000000000000', region: 'us-east-1' };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assembly-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function synthesize(compose: (app: App) => void): string {
  const app = new App({ outdir: join(folder, 'cdk.out'), context: { 'aws:cdk:disable-version-reporting': true } });
  compose(app);
  return app.synth({ validateOnSynthesis: false }).directory;
}
const queue = (stack: Stack) => new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue' });

it('gives stacks in the order of their dependencies', () => {
  const directory = synthesize((app) => {
    const [last, first] = [
      new Stack(app, 'a-last', { stackName: 'renamed', tags: { team: 'orders' } }),
      new Stack(app, 'b-first'),
    ];
    queue(last);
    queue(first);
    last.addStackDependency(first);
  });
  const { stacks } = readAssembly(directory, HERE);
  expect(stacks.map(({ id, stackName, dependencies }) => ({ id, stackName, dependencies }))).toEqual([
    { id: 'b-first', stackName: 'b-first', dependencies: [] },
    { id: 'a-last', stackName: 'renamed', dependencies: ['b-first'] },
  ]);
  expect(stacks[1]!.tags).toEqual({ team: 'orders' });
  expect(stacks[0]!.template.Resources.Queue).toEqual({ Type: 'AWS::SQS::Queue' });
});

it('finds the stacks of nested stages', () => {
  const directory = synthesize((app) => queue(new Stack(new Stage(app, 'dev'), 'orders')));
  expect(readAssembly(directory, HERE).stacks.map(({ stackName }) => stackName)).toEqual(['dev-orders']);
});

it('finds what was staged for a place in the assets bucket', () => {
  const file = join(folder, 'saga.json');
  writeFileSync(file, '{}');
  let asset: Asset;
  const directory = synthesize((app) => {
    const stack = new Stack(app, 'orders');
    queue(stack);
    asset = new Asset(stack, 'File', { path: file });
  });
  const assembly = readAssembly(directory, HERE);
  const find = assetLookup(assembly);
  const staged = join(directory, `asset.${asset!.assetHash}.json`);
  expect(find('cdk-hnb659fds-assets-000000000000-us-east-1', `${asset!.assetHash}.json`)).toBe(staged);
  expect(() => find('other', 'key')).toThrow('is published to s3://other/key: run `npm run synth`');
  rmSync(staged);
  expect(() => readAssembly(directory, HERE)).toThrow(`is missing at ${staged}: run \`npm run synth\` again`);
});

it('rejects a folder that is not there, with what to do', () => {
  expect(() => readAssembly(join(folder, 'none'), HERE)).toThrow(
    'the app has not been synthesized, or only in part; run `npm run synth`',
  );
});

it('rejects a broken manifest', () => {
  writeFileSync(join(folder, 'manifest.json'), '{');
  expect(() => readAssembly(folder, HERE)).toThrow(/manifest\.json is not JSON \(.*\): run `npm run synth` again/);
});

it('rejects a manifest that is too new or has no version', () => {
  for (const version of ['99.0.0', undefined]) {
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version, artifacts: {} }));
    expect(() => readAssembly(folder, HERE)).toThrow(
      `has cloud assembly version ${JSON.stringify(version)}; versions 36 to 55 are understood`,
    );
  }
});

it('rejects a stack that was synthesized for another account', () => {
  const directory = synthesize((app) =>
    queue(new Stack(app, 'orders', { env: { account: '111111111111', region: 'eu-west-1' } })),
  );
  expect(() => readAssembly(directory, HERE)).toThrow(
    'stack orders was synthesized for aws://111111111111/eu-west-1, but the embedded AWS is aws://000000000000/us-east-1',
  );
});

it('accepts a stack that was synthesized for this account', () => {
  const directory = synthesize((app) =>
    queue(new Stack(app, 'orders', { env: { account: '000000000000', region: 'us-east-1' } })),
  );
  expect(readAssembly(directory, HERE).stacks).toHaveLength(1);
});

it('rejects a template with a transform', () => {
  const directory = synthesize((app) => {
    const stack = new Stack(app, 'orders');
    queue(stack);
    stack.addTransform('AWS::Serverless-2016-10-31');
  });
  expect(() => readAssembly(directory, HERE)).toThrow(
    'stack orders: Transform "AWS::Serverless-2016-10-31" is not emulated',
  );
});
