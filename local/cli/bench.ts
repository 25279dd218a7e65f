import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedAws } from '../embedded-aws';
import { measureBundles } from './bench/bundles';
import { OTHER_SAGAS } from './bench/other-sagas';
import { clientEnvironment } from './client-environment';
import { runClient } from './run-client';
import { runCommand } from './steps';
import { synthesize } from './synthesize';

const FOLDER = '.local/bench';

/** One measured figure beside its budget. */
interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly budget: string;
  readonly isKept: boolean;
}

/** `npm run bench`: the figures that the documentation states, measured in one run; exits 1 when a budget is not kept. */
runCommand(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const figures: Figure[] = [];
  const atMost = (what: string, value: number, limit: number, unit: string) =>
    figures.push({ what, value, unit, budget: `≤ ${limit} ${unit}`, isKept: value <= limit });
  const atLeast = (what: string, value: number, limit: number, unit: string) =>
    figures.push({ what, value, unit, budget: `≥ ${limit} ${unit}`, isKept: value >= limit });

  atMost('npm start to the first confirmed order', await secondsToFirstOrder(), 20, 's');

  const assemblyFolder = path.join(FOLDER, 'cdk.out');
  await synthesize(assemblyFolder);
  const begun = performance.now();
  const embedded = await startEmbeddedAws({ port: 0 });
  const outputs = await embedded.deploy(assemblyFolder);
  atMost('synthesized assembly to ready, in process', (performance.now() - begun) / 1000, 1, 's');
  const outputsFile = path.join(FOLDER, 'outputs.json');
  const resultsFile = path.join(FOLDER, 'results.json');
  writeFileSync(outputsFile, JSON.stringify(outputs));

  const env = clientEnvironment(embedded.url, embedded.region);
  const code = await runClient('bin/commands/demo.ts', ['--outputs', outputsFile, '--json', resultsFile], env);
  if (code !== 0) throw new Error('the scenarios did not end as they should: their figures mean nothing');
  const results = JSON.parse(readFileSync(resultsFile, 'utf8')) as ScenarioFigures[];
  const happy = results.find((result) => result.scenario === 'happy order')!;
  const rush = results.find((result) => result.executions === 200)!;
  atMost('transitions of a happy order', happy.transitions, 4, '');
  atMost('Lambda invocations in its run', happy.lambdaCalls, 2, '');
  atLeast('200 orders at once', 200 / (rush.milliseconds / 1000), 30, 'orders/s');
  atMost('resident memory after the 200 orders', process.memoryUsage().rss / 2 ** 20, 400, 'MB');
  await embedded.stop();

  for (const bundle of measureBundles(assemblyFolder)) {
    atMost(`bundle of ${bundle.name}`, bundle.kilobytes, 450, 'KB');
  }
  print(figures, happy);
  process.exit(figures.every((figure) => figure.isKept) ? 0 : 1);
});

interface ScenarioFigures {
  readonly scenario: string;
  readonly executions: number;
  readonly transitions: number;
  readonly lambdaCalls: number;
  readonly dynamoDbRequests?: number;
  readonly milliseconds: number;
}

/** From typing `npm start` to the first line that says OrderConfirmed, in seconds. */
async function secondsToFirstOrder(): Promise<number> {
  const begun = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  try {
    return await new Promise<number>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
        if (output.includes('OrderConfirmed')) resolve((performance.now() - begun) / 1000);
      });
      child.once('close', (code) =>
        reject(new Error(`npm start ended with ${code} before an order was confirmed:\n${output}`)),
      );
    });
  } finally {
    process.kill(-child.pid!, 'SIGTERM');
  }
}

function print(figures: readonly Figure[], happy: ScenarioFigures): void {
  const width = Math.max(...figures.map((figure) => figure.what.length));
  console.log('\nFigures of this run');
  for (const { what, value, unit, budget, isKept } of figures) {
    const shown = `${Number.isInteger(value) ? value : value.toFixed(2)} ${unit}`.trim();
    console.log(`  ${isKept ? '✔' : '✘'} ${what.padEnd(width)}  ${shown.padStart(14)}   budget ${budget}`);
  }
  console.log('\nA happy order beside other sagas (transitions, Lambda invocations in the run)');
  console.log(
    `  ${'Stepwright: reserve, charge, ship, confirm'.padEnd(62)} ${happy.transitions}   ${happy.lambdaCalls}`,
  );
  for (const { name, transitions, lambdaCalls } of OTHER_SAGAS) {
    console.log(`  ${name.padEnd(62)} ${transitions}   ${lambdaCalls}`);
  }
  console.log('  counted from their public definitions, November 2026; a state entered or retried is one transition');
}
