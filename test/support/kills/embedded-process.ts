/** The embedded AWS over a data directory, in a process that is made to be killed. Its parent tells it the time, and when to leap. */
import { startEmbeddedAws } from '../../../local/embedded-aws';
import { LeapingClock } from '../../../local/kernel/leaping-clock';
import { SystemRandom } from '../../../local/kernel/random';
import type { LambdaService } from '../../../local/services/lambda/router';
import type { FromProcess, ProcessOptions, ToProcess } from './messages';

const { port, dataFolder, assemblyFolder, aheadMs } = JSON.parse(process.argv[2]!) as ProcessOptions;
const tell = (message: FromProcess) => process.send!(message);

async function main(): Promise<void> {
  const clock = new LeapingClock(Date.now() + aheadMs);
  const embedded = await startEmbeddedAws({
    port,
    dataFolder,
    kernel: { clock, random: new SystemRandom() },
    warn: (line) => tell({ kind: 'warning', line }),
  });
  const lambda = embedded.gateway.serviceByName('lambda') as LambdaService;
  process.on('message', ({ leapMs }: ToProcess) => void lambda.whenIdle().then(() => clock.leap(leapMs)));
  process.on('disconnect', () => process.exit());
  if (assemblyFolder !== undefined) tell({ kind: 'deploying' });
  const outputs = assemblyFolder === undefined ? undefined : await embedded.deploy(assemblyFolder);
  tell({ kind: 'ready', url: embedded.url, outputs });
}

main().catch((error: Error) => {
  tell({ kind: 'warning', line: `the process failed: ${error.stack}` });
  process.exitCode = 1;
});
