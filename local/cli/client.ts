import { clientEnvironment } from './client-environment';
import { runClient } from './run-client';
import { findRunning } from './running';
import { CommandError, runCommand } from './steps';

/**
 * Runs a command of bin/commands: against the embedded AWS that `npm start` keeps up in this folder, or, with
 * `--outputs FILE`, against whatever account the environment's credentials are for.
 *
 *   npm run approvals -- list
 *   npm run approvals -- list --outputs outputs.json
 */
runCommand(async () => {
  const [name, ...args] = process.argv.slice(2);
  const script = `bin/commands/${name}.ts`;
  const asksForHelp = args.length === 0 || args[0] === 'help';
  const needsNothing = asksForHelp || args.some((arg) => /^(--(outputs|file)(=|$)|--help$|-h$)/.test(arg));
  if (needsNothing) process.exit(await runClient(script, args, process.env));
  const running = findRunning();
  if (!running) {
    throw new CommandError(
      `No embedded AWS runs in this folder: npm start in another terminal, or name a deployed stack: npm run ${name} -- ${args.join(' ')} --outputs outputs.json.`,
    );
  }
  const env = clientEnvironment(running.url, running.region);
  process.exit(await runClient(script, [...args, '--outputs', running.outputsFile], env));
});
