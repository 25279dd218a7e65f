/**
 * The Step Functions endpoint alone: no stacks, no IAM. Lambda tasks go to AWS_ENDPOINT_URL_LAMBDA; other services are
 * not there.
 *
 *   npm run engine -- --port 8083
 */
import { Command, InvalidArgumentError } from 'commander';
import { systemKernel } from '../kernel/kernel';
import { createStepFunctionsService } from '../services/stepfunctions/router';
import { Gateway } from '../wire/gateway';
import { WireServer } from '../wire/wire-server';
import { remoteLambda } from './remote-lambda';

const DEFAULT_PORT = 8083;

async function main(): Promise<void> {
  const program = new Command('engine')
    .description('Serves the Step Functions API alone, without stacks and without IAM.')
    .option('--port <number>', 'the port on 127.0.0.1; 0 takes a free one', readPort, DEFAULT_PORT)
    .option('--reach <host...>', 'hosts beyond this machine that HTTP Tasks may call, over https', [])
    .parse();
  const { port, reach } = program.opts<{ port: number; reach: string[] }>();
  const gateway = new Gateway({ kernel: systemKernel() });
  gateway.register(
    createStepFunctionsService(gateway, { reachableHosts: reach }),
    remoteLambda(process.env.AWS_ENDPOINT_URL_LAMBDA),
  );
  const server = new WireServer(gateway);
  const url = await server.listen(port);
  process.stdout.write(`Step Functions at ${url}\n`);
  const stop = async () => {
    await gateway.stop();
    await server.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new InvalidArgumentError(`'${text}' is not a port: give a number from 0 to 65535.`);
  }
  return port;
}

main().catch((error: NodeJS.ErrnoException) => {
  const reason =
    error.code === 'EADDRINUSE' ? 'the port is taken: stop what listens there or give another --port' : error.message;
  process.stderr.write(`The engine could not start: ${reason}\n`);
  process.exitCode = 1;
});
