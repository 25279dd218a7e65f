import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedAws } from '../../embedded-aws';
import { clientEnvironment } from '../client-environment';
import { runClient } from '../run-client';
import { synthesize } from '../synthesize';
import { measureBundles } from './bundles';
import type { Figures } from './figures';
import { OTHER_SAGAS } from './other-sagas';

const FOLDER = '.local/bench';
const BUNDLE_LIMIT_KILOBYTES = 450;

interface ScenarioFigures {
  readonly scenario: string;
  readonly executions: number;
  readonly transitions: number;
  readonly lambdaCalls: number;
  readonly milliseconds: number;
}

/** Measures what a user of the orders meets: the first start, the demo's scenarios, memory, bundles. */
export async function measureOrders(figures: Figures): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  figures.atMost('npm start to the first confirmed order', await secondsToFirstOrder(), 20, 's');

  const assemblyFolder = path.join(FOLDER, 'cdk.out');
  await synthesize(assemblyFolder);
  const begun = performance.now();
  const embedded = await startEmbeddedAws({ port: 0 });
  const outputs = await embedded.deploy(assemblyFolder);
  figures.atMost('synthesized assembly to ready, in process', (performance.now() - begun) / 1000, 1, 's');

  const outputsFile = path.join(FOLDER, 'outputs.json');
  const resultsFile = path.join(FOLDER, 'results.json');
  writeFileSync(outputsFile, JSON.stringify(outputs));
  const env = clientEnvironment(embedded.url, embedded.region);
  const code = await runClient('bin/commands/demo.ts', ['--outputs', outputsFile, '--json', resultsFile], env);
  if (code !== 0) throw new Error('the scenarios did not end as they should: their figures mean nothing');
  const residentMegabytes = process.memoryUsage().rss / 2 ** 20;
  await embedded.stop();

  const results = JSON.parse(readFileSync(resultsFile, 'utf8')) as ScenarioFigures[];
  const happy = results.find((result) => result.scenario === 'happy order')!;
  const rush = results.find((result) => result.executions === 200)!;
  figures.atMost('transitions of a happy order', happy.transitions, 4, '');
  figures.atMost('Lambda invocations in its run', happy.lambdaCalls, 2, '');
  figures.atLeast('200 orders at once', 200 / (rush.milliseconds / 1000), 30, 'orders/s');
  figures.atMost('resident memory after the scenarios', residentMegabytes, 400, 'MB');
  // Bundles of other workflows have limits of their own, which synth keeps.
  const bundles = measureBundles(assemblyFolder, /-(orders|approvals)\.template\.json$/);
  const largest = bundles.reduce((a, b) => (a.kilobytes > b.kilobytes ? a : b));
  figures.atMost(`largest of ${bundles.length} bundles`, largest.kilobytes, BUNDLE_LIMIT_KILOBYTES, 'KB');
  printOtherSagas(happy);
}

/** From typing `npm start` to the first line that says OrderConfirmed, in seconds. */
async function secondsToFirstOrder(): Promise<number> {
  const begun = performance.now();
  const args = ['start', '--silent', '--', '--port', '0'];
  const child = spawn('npm', args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  try {
    return await new Promise<number>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
        if (output.includes('OrderConfirmed')) resolve((performance.now() - begun) / 1000);
      });
      child.once('close', (code) => {
        reject(new Error(`npm start ended with ${code} before an order was confirmed:\n${output}`));
      });
    });
  } finally {
    process.kill(-child.pid!, 'SIGTERM');
  }
}

function printOtherSagas(happy: ScenarioFigures): void {
  console.log('A happy order beside other sagas (transitions, Lambda invocations in the run)');
  console.log(
    `  ${'Stepwright: reserve, charge, ship, confirm'.padEnd(62)} ${happy.transitions}   ${happy.lambdaCalls}`,
  );
  for (const { name, transitions, lambdaCalls } of OTHER_SAGAS) {
    console.log(`  ${name.padEnd(62)} ${transitions}   ${lambdaCalls}`);
  }
  console.log('  counted from their public definitions, November 2026; a state entered or retried is one transition\n');
}
