import { type Command, InvalidArgumentError } from 'commander';
import { printable } from '../../printable';
import { Aws } from '../aws';
import type { DeployedStack } from '../deployment';
import { opsCommand } from '../ops-command';
import { closeWindow, type MuteWindow, openWindow, windowOf } from './mute-window';

/** A day: longer work is several windows, each of which somebody wants. */
const LONGEST_MINUTES = 1440;

interface Flags {
  readonly outputs?: string;
  readonly json?: boolean;
  readonly stack?: string;
}

interface OnFlags extends Flags {
  readonly minutes: number;
  readonly reason: string;
}

/** `maintenance on|off|status`. */
export function addMaintenanceCommands(program: Command): void {
  const maintenance = program
    .command('maintenance')
    .description('keeps alarms silent for a time that ends by itself; they go on, and what still rings then is told');
  withStack(opsCommand(maintenance, 'on', 'mutes the alarms, but for those that no maintenance explains'))
    .requiredOption('--minutes <number>', `for how long, at most ${LONGEST_MINUTES}`, readMinutes)
    .requiredOption('--reason <text>', 'why, for whoever wonders')
    .action((flags: OnFlags) => Aws.using(flags.outputs, (aws) => turnOn(aws, flags)));
  withStack(opsCommand(maintenance, 'off', 'ends it before its time')).action((flags: Flags) =>
    Aws.using(flags.outputs, (aws) => turnOff(aws, flags)),
  );
  withStack(opsCommand(maintenance, 'status', 'which stacks are muted, until when, and why')).action((flags: Flags) =>
    Aws.using(flags.outputs, (aws) => status(aws, flags)),
  );
}

function withStack(command: Command): Command {
  return command.option('--stack <name>', 'one stack, by its name or a part that no other has; all when left out');
}

async function turnOn(aws: Aws, { minutes, reason, stack: text, json }: OnFlags): Promise<void> {
  for (const stack of chosen(aws, text)) {
    const window = await openWindow(aws, stack, { minutes, reason });
    if (window) print(window, json);
  }
}

async function turnOff(aws: Aws, { stack: text, json }: Flags): Promise<void> {
  let closed = 0;
  for (const stack of chosen(aws, text)) {
    if (!(await closeWindow(aws, stack))) continue;
    closed++;
    console.log(json ? JSON.stringify({ stack: stack.name, status: 'OFF' }) : `${stack.name}: alarms ring again.`);
  }
  if (closed === 0 && !json) console.log('No stack is muted.');
}

async function status(aws: Aws, { stack: text, json }: Flags): Promise<void> {
  let open = 0;
  for (const stack of chosen(aws, text)) {
    const window = await windowOf(aws, stack);
    if (!window) continue;
    open++;
    print(window, json);
  }
  if (open === 0 && !json) console.log('No stack is muted.');
}

function print({ stack, alarms, fromMs, untilMs, status: state, reason }: MuteWindow, isJson = false): void {
  const from = new Date(fromMs).toISOString();
  const until = new Date(untilMs).toISOString();
  if (isJson) console.log(JSON.stringify({ stack: stack.name, status: state, alarms, from, until, reason }));
  else console.log(`${stack.name}: ${alarms} alarms are silent from ${from} until ${until}: ${printable(reason)}`);
}

function chosen({ deployment }: Aws, text: string | undefined): readonly DeployedStack[] {
  const { stacks } = deployment;
  if (text === undefined) return stacks;
  const exact = stacks.filter(({ name }) => name === text);
  const found = exact.length === 1 ? exact : stacks.filter(({ name }) => name.includes(text));
  if (found.length === 1) return found;
  const names = (found.length > 0 ? found : stacks).map(({ name }) => name).join(', ');
  throw new Error(`${found.length > 1 ? `"${text}" means several stacks` : `No stack is called "${text}"`}: ${names}.`);
}

function readMinutes(text: string): number {
  const minutes = Number(text);
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MINUTES) return minutes;
  throw new InvalidArgumentError(`must be a whole number from 1 to ${LONGEST_MINUTES}.`);
}
