import { Argument, type Command, InvalidArgumentError } from 'commander';
import { Aws } from '../aws';
import { opsCommand } from '../ops-command';
import { duration } from '../table';
import { fanOutOf } from './fan-out/delivery-rules';
import { ARCHIVE_MINUTES, pauseFanOut, resumeFanOut } from './fan-out/pause-fan-out';
import { intakeOf, WORKFLOWS } from './intakes';
import { pause, resume } from './pause';
import { pausedTags, resumedTags } from './pause-tags';

/** What has no queue before it, and is paused by its rules. */
const FAN_OUT = 'fan-out';
const DAY_SECONDS = 86_400;

interface Flags {
  readonly outputs?: string;
  readonly json?: boolean;
}

/** `pause`, `resume` and `intake`. */
export function addIntakeCommands(program: Command): void {
  opsCommand(
    program,
    'pause',
    'lets no more work of a workflow begin; it waits in its queue or archive, and nothing is lost',
  )
    .addArgument(workflowArgument())
    .action((workflow: string, flags: Flags) =>
      Aws.using(flags.outputs, async (aws) => {
        const paused =
          workflow === FAN_OUT
            ? await pauseFanOut(aws, await fanOutOf(aws))
            : await pause(aws, await intakeOf(aws, workflow));
        say(flags, `The intake of ${workflow} ${paused.length > 0 ? 'is paused' : 'was paused already'}.`);
        await print(aws, workflow, flags);
      }),
    );
  opsCommand(program, 'resume', 'lets work begin again, as it was before the pause')
    .addArgument(workflowArgument())
    .option(
      '--archive-minutes <number>',
      'how long the archive of the events takes until it has all of them (fan-out)',
      readMinutes,
      ARCHIVE_MINUTES,
    )
    .action((workflow: string, flags: Flags & { archiveMinutes: number }) =>
      Aws.using(flags.outputs, async (aws) => {
        const resumed =
          workflow === FAN_OUT
            ? await resumeFanOut(aws, await fanOutOf(aws), flags.archiveMinutes, (line) => say(flags, line))
            : await resume(aws, await intakeOf(aws, workflow));
        const outcome = resumed.length > 0 ? 'is open' : 'was not paused by this command';
        say(flags, `The intake of ${workflow} ${outcome}.`);
        await print(aws, workflow, flags);
      }),
    );
  opsCommand(program, 'intake', 'whether work may begin, workflow by workflow, and how much waits').action(
    (flags: Flags) =>
      Aws.using(flags.outputs, async (aws) => {
        for (const workflow of [...WORKFLOWS, FAN_OUT]) await print(aws, workflow, flags);
      }),
  );
}

function workflowArgument(): Argument {
  return new Argument('<workflow>', 'whose intake').choices([...WORKFLOWS, FAN_OUT]);
}

function say({ json }: Flags, line: string): void {
  if (!json) console.log(line);
}

function print(aws: Aws, workflow: string, flags: Flags): Promise<void> {
  return workflow === FAN_OUT ? printRules(aws, flags) : printMappings(aws, workflow, flags);
}

async function printMappings(aws: Aws, workflow: string, { json }: Flags): Promise<void> {
  const { waiting, retentionSeconds, mappings, queueUrl } = await intakeOf(aws, workflow);
  const paused = await pausedTags(aws, queueUrl).read();
  const states = mappings.map(({ UUID, State }) => ({ uuid: UUID!, state: State!, paused: paused.get(UUID!) }));
  if (json) {
    console.log(JSON.stringify({ workflow, waiting, retentionSeconds, mappings: states }));
    return;
  }
  const words = states.map(({ state, paused: by }) => inWords(state, by));
  console.log(`${workflow}: ${words.join('; ') || 'nothing reads its queue'}; ${waiting} messages wait.`);
  if (states.some(({ state }) => state === 'Disabled')) {
    console.log(`  The queue keeps a message for ${duration(retentionSeconds)}: resume before the oldest is older.`);
  }
}

async function printRules(aws: Aws, { json }: Flags): Promise<void> {
  const { rules, recordUrl } = await fanOutOf(aws);
  const paused = await pausedTags(aws, recordUrl).read();
  const resumed = await resumedTags(aws, recordUrl).read();
  const states = rules.map(({ logicalId, busName, name, isEnabled, archive }) => ({
    rule: name,
    busName,
    state: isEnabled ? 'Enabled' : 'Disabled',
    paused: paused.get(logicalId),
    resumed: resumed.get(logicalId),
    archiveDays: archive?.retentionDays,
  }));
  if (json) {
    console.log(JSON.stringify({ workflow: FAN_OUT, rules: states }));
    return;
  }
  console.log(`${FAN_OUT}: ${states.map(({ state, paused: by }) => inWords(state, by)).join('; ')}.`);
  const days = states.flatMap(({ paused: by, archiveDays }) => (by && archiveDays ? archiveDays : []));
  if (days.length > 0) {
    console.log(`  The archives keep an event for ${duration(Math.min(...days) * DAY_SECONDS)}: resume before that.`);
  }
  if (resumed.size > 0) console.log('  What came meanwhile is not replayed yet: resume again.');
}

function inWords(state: string, paused: string | undefined): string {
  return paused ? `${state}, paused ${paused.replace(' ', ' by ')}` : state;
}

function readMinutes(text: string): number {
  const minutes = Number(text);
  if (Number.isInteger(minutes) && minutes >= 0 && minutes <= 60) return minutes;
  throw new InvalidArgumentError('must be a whole number from 0 to 60.');
}
