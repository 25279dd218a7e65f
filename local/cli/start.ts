import { Command, InvalidArgumentError } from 'commander';
import { clientEnvironment } from './client-environment';
import { printGuide } from './guide';
import { runClient } from './run-client';
import { announce, withdraw } from './running';
import { startStacks } from './start-stacks';
import { runCommand, Steps } from './steps';

/** `npm start`: synthesizes, deploys to the embedded AWS, places sample orders, and stays up until Ctrl-C. */
runCommand(async () => {
  const options = new Command('start')
    .description('Runs the synthesized stacks on the embedded AWS.')
    .option('--port <number>', 'port of the embedded AWS on 127.0.0.1', readPort, 4566)
    .option('--no-demo', 'place no sample orders')
    .option('--assembly <folder>', 'deploy this cdk.out instead of synthesizing')
    .option('--bedrock-rate <number>', 'requests a second that Bedrock lets through (default: all)', readRate)
    .parse()
    .opts<{ port: number; demo: boolean; assembly?: string; bedrockRate?: number }>();
  const steps = new Steps();
  const stacks = await startStacks(steps, {
    port: options.port,
    folder: '.local',
    assemblyFolder: options.assembly,
    bedrockRequestsPerSecond: options.bedrockRate,
  });
  const { embedded, outputsFile } = stacks;
  announce({ url: embedded.url, region: embedded.region, outputsFile, processId: process.pid });
  const stop = () => {
    console.log('\nstopping');
    withdraw(process.pid);
    void embedded.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  if (options.demo) {
    const env = clientEnvironment(embedded.url, embedded.region);
    const code = await runClient('bin/commands/sample-orders.ts', ['--outputs', stacks.outputsFile], env);
    steps.say(
      code === 0 ? `\nReady after ${steps.elapsedSeconds} s.` : '\nThe sample orders did not all end as they should.',
    );
  }
  printGuide(stacks);
});

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
