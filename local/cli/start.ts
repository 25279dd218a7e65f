import { Command, InvalidArgumentError } from 'commander';
import { clientEnvironment } from './client-environment';
import { printEmptyGuide, printGuide } from './guide';
import { runClient } from './run-client';
import { announce, withdraw } from './running';
import { type RunningStacks, startStacks } from './start-stacks';
import { runCommand, Steps } from './steps';

/** What `npm start` ingests, so that a search finds something. */
const PROJECT_DOCUMENTS = ['README.md', 'docs'];

/** `npm start`: synthesizes, deploys to the embedded AWS, places sample orders, ingests documents, and stays up until Ctrl-C. */
runCommand(async () => {
  const options = new Command('start')
    .description('Runs the synthesized stacks on the embedded AWS.')
    .option('--port <number>', 'port of the embedded AWS on 127.0.0.1 (default: 4566)', readPort)
    .option('--no-demo', 'place no sample orders, ingest no documents')
    .option('--empty', 'deploy nothing: for `cdk bootstrap` and `cdk deploy` from another terminal')
    .option('--assembly <folder>', 'deploy this cdk.out instead of synthesizing')
    .option('--data <folder>', 'keep everything in this folder, and go on with what is in it')
    .option('--bedrock-rate <number>', 'requests a second that Bedrock lets through (default: all)', readRate)
    .parse()
    .opts<{ port?: number; demo: boolean; empty?: boolean; assembly?: string; data?: string; bedrockRate?: number }>();
  const steps = new Steps();
  const stacks = await startStacks(steps, {
    port: options.port,
    folder: '.local',
    assemblyFolder: options.assembly,
    isEmpty: options.empty,
    dataFolder: options.data,
    bedrockRequestsPerSecond: options.bedrockRate,
  });
  const { embedded, outputsFile } = stacks;
  const stop = () => {
    console.log('\nstopping');
    withdraw(process.pid);
    void embedded.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  if (options.empty) {
    printEmptyGuide(embedded, options.data);
    return;
  }
  announce({ url: embedded.url, region: embedded.region, outputsFile, processId: process.pid });
  if (options.demo) {
    const env = clientEnvironment(embedded.url, embedded.region);
    const code = await runClient('bin/commands/sample-orders.ts', ['--outputs', stacks.outputsFile], env);
    const hasDocuments = await ingestDocuments(stacks, env);
    if (code !== 0) steps.say('\nThe sample orders did not all end as they should.');
    if (!hasDocuments) steps.say("\nThe project's documents could not all be ingested.");
    if (code === 0 && hasDocuments) steps.say(`\nReady after ${steps.elapsedSeconds} s.`);
  }
  printGuide(stacks, options.data);
});

/** The project's own documents, for a first search; nothing where no stack ingests. Gives whether all is well. */
async function ingestDocuments({ outputs, outputsFile }: RunningStacks, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (!Object.values(outputs).some((stack) => stack.IngestMachineArn)) return true;
  console.log("\n  The project's own documents become searchable:");
  return (await runClient('bin/commands/ingest.ts', [...PROJECT_DOCUMENTS, '--outputs', outputsFile], env)) === 0;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
  }
  return port;
}

function readRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0)) throw new InvalidArgumentError('a rate is a positive number.');
  return rate;
}
