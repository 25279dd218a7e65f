/**
 * Runs the corpus of recorded Step Functions cases against the engine, where the corpus lies beside the repository.
 *
 *   npm run conformance -- [--corpus FOLDER] [any option of the corpus's own runner]
 *
 * Exits as the runner does: 0 when every case has its recorded answer.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { Command } from 'commander';
import { systemKernel } from '../kernel/kernel';
import { createStepFunctionsService } from '../services/stepfunctions/router';
import { Gateway } from '../wire/gateway';
import { WireServer } from '../wire/wire-server';
import { remoteLambda } from './remote-lambda';

const BESIDE_THE_REPOSITORY = path.join('..', 'shared', 'conformance');

async function main(): Promise<number> {
  const program = new Command('conformance')
    .description('Compares the engine with recordings of Step Functions.')
    .option('--corpus <folder>', 'the folder with run.mjs and dev/', BESIDE_THE_REPOSITORY)
    .allowUnknownOption()
    .allowExcessArguments()
    .parse();
  const folder = program.opts<{ corpus: string }>().corpus;
  const runner = path.join(folder, 'run.mjs');
  if (!existsSync(runner)) {
    process.stdout.write(
      `There is no corpus at ${folder}: nothing was compared. Our own cases are part of \`npm test\`.\n` +
        'With a corpus elsewhere: npm run conformance -- --corpus FOLDER\n',
    );
    return 0;
  }
  const lambdaPort = await freePort();
  const gateway = new Gateway({ kernel: systemKernel() });
  gateway.register(createStepFunctionsService(gateway), remoteLambda(`http://127.0.0.1:${lambdaPort}`));
  const server = new WireServer(gateway);
  const endpoint = await server.listen(0);
  const fixed = ['--corpus', path.join(folder, 'dev'), '--endpoint', endpoint, '--lambda-port', String(lambdaPort)];
  const code = await run(process.execPath, [runner, ...fixed, ...program.args]);
  await gateway.stop();
  await server.close();
  return code;
}

function run(command: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** A port that nothing listens on at this moment; the runner's own Lambda endpoint takes it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`The comparison could not run: ${error.message}\n`);
    process.exitCode = 1;
  },
);
