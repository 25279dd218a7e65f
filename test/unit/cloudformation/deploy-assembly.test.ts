import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { readAssembly } from '../../../local/assembly/read-assembly';
import { cloud } from './cloud';

const QUIET = { 'aws:cdk:disable-version-reporting': true };
// The CDK would warn of types that only the shop of this test knows.
process.env.CDK_VALIDATION = 'false';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Two stacks: `users` reads the thing of `things`; each call synthesizes afresh. */
function synthesize(properties: object, run: number) {
  const app = new App({ outdir: join(folder, String(run)), context: QUIET });
  const things = new Stack(app, 'things');
  const thing = new CfnResource(things, 'Thing', {
    type: 'Shop::Thing',
    properties: { Name: 'shared', ...properties },
  });
  new CfnOutput(things, 'ThingName', { value: thing.ref });
  const users = new Stack(app, 'a-users');
  new CfnResource(users, 'Box', { type: 'Shop::Box', properties: { Content: thing.getAtt('Arn').toString() } });
  new CfnOutput(users, 'Region', { value: users.region });
  new Stack(app, 'empty');
  const { directory } = app.synth({ validateOnSynthesis: false });
  return readAssembly(directory, { accountId: '000000000000', region: 'us-east-1' });
}

it('deploys what was synthesized and answers as an outputs file would', async () => {
  const { cloudformation, shelf, warnings } = cloud();
  const outputs = await cloudformation.deployAssembly(synthesize({}, 1));
  expect(outputs).toEqual({
    things: {
      ThingName: 'shared',
      [Object.keys(outputs.things!).find((id) => id.startsWith('ExportsOutput'))!]: 'arn:shared',
    },
    'a-users': { Region: 'us-east-1' },
  });
  expect([...shelf.values()]).toEqual([{ Name: 'shared' }, { Content: 'arn:shared' }]);
  expect(warnings).toEqual(['stack empty has no resources: it is not deployed']);
});

it('changes nothing the second time, and only what differs the third', async () => {
  const { cloudformation, log } = cloud();
  const first = await cloudformation.deployAssembly(synthesize({}, 1));
  log.length = 0;
  expect(await cloudformation.deployAssembly(synthesize({}, 2))).toEqual(first);
  expect(log).toEqual([]);
  await cloudformation.deployAssembly(synthesize({ Size: 2 }, 3));
  expect(log).toEqual(['change Thing']);
});

it('deploys again after a deployment that was rolled back', async () => {
  const { cloudformation, shelf } = cloud();
  const events: string[] = [];
  const failing = cloudformation.deployAssembly(synthesize({ Fails: true }, 1), {
    onEvent: ({ status }) => events.push(status),
  });
  await expect(failing).rejects.toThrow(
    'stack things ended as ROLLBACK_COMPLETE: Thing: Resource handler returned message: "Thing cannot be made"',
  );
  expect(events.at(-1)).toBe('ROLLBACK_COMPLETE');
  await cloudformation.deployAssembly(synthesize({}, 2));
  expect(shelf.has('shared')).toBe(true);
});
