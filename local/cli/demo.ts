import { rmSync } from 'node:fs';
import { clientEnvironment } from './client-environment';
import { runClient } from './run-client';
import { startStacks } from './start-stacks';
import { runCommand, Steps } from './steps';

const SCENARIOS = 'bin/commands/demo.ts';

/** `npm run demo`: the scenarios on a fresh embedded AWS, or with `--outputs FILE` against what the file names. */
runCommand(async () => {
  const args = process.argv.slice(2);
  const isElsewhere = args.some((arg) => /^--(outputs(=|$)|help$)/.test(arg));
  if (isElsewhere) process.exit(await runClient(SCENARIOS, args, process.env));
  const { embedded, folder, outputsFile } = await startStacks(new Steps(), {
    port: 0,
    folder: `.local/demo-${process.pid}`,
  });
  console.log('');
  const env = clientEnvironment(embedded.url, embedded.region);
  const code = await runClient(SCENARIOS, ['--outputs', outputsFile, ...args], env);
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
});
