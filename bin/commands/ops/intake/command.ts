import { Argument, type Command } from 'commander';
import { Aws } from '../aws';
import { opsCommand } from '../ops-command';
import { duration } from '../table';
import { type Intake, intakeOf, WORKFLOWS } from './intakes';
import { pause, pausedMappings, resume } from './pause';

interface Flags {
  readonly outputs?: string;
  readonly json?: boolean;
}

/** `pause`, `resume` and `intake`. */
export function addIntakeCommands(program: Command): void {
  opsCommand(program, 'pause', 'lets no more work of a workflow begin; it waits in its queue, and nothing is lost')
    .addArgument(workflowArgument())
    .action((workflow: string, flags: Flags) =>
      Aws.using(flags.outputs, async (aws) => {
        const before = await intakeOf(aws, workflow);
        const paused = await pause(aws, before);
        if (!flags.json) {
          console.log(
            paused.length > 0
              ? `The intake of ${workflow} is paused.`
              : `The intake of ${workflow} was paused already.`,
          );
        }
        await print(aws, await intakeOf(aws, workflow), flags);
      }),
    );
  opsCommand(program, 'resume', 'lets work begin again, as it was before the pause')
    .addArgument(workflowArgument())
    .action((workflow: string, flags: Flags) =>
      Aws.using(flags.outputs, async (aws) => {
        const resumed = await resume(aws, await intakeOf(aws, workflow));
        if (!flags.json) {
          console.log(
            resumed.length > 0
              ? `The intake of ${workflow} is open.`
              : `The intake of ${workflow} was not paused by this command.`,
          );
        }
        await print(aws, await intakeOf(aws, workflow), flags);
      }),
    );
  opsCommand(program, 'intake', 'whether work may begin, workflow by workflow, and how much waits').action(
    (flags: Flags) =>
      Aws.using(flags.outputs, async (aws) => {
        for (const workflow of WORKFLOWS) await print(aws, await intakeOf(aws, workflow), flags);
      }),
  );
}

function workflowArgument(): Argument {
  return new Argument('<workflow>', 'whose intake').choices(WORKFLOWS);
}

async function print(aws: Aws, intake: Intake, { json }: Flags): Promise<void> {
  const { workflow, waiting, retentionSeconds, mappings } = intake;
  const paused = await pausedMappings(aws, intake);
  const states = mappings.map(({ UUID, State }) => ({ uuid: UUID!, state: State!, paused: paused.get(UUID!) }));
  if (json) {
    console.log(JSON.stringify({ workflow, waiting, retentionSeconds, mappings: states }));
    return;
  }
  const words = states.map(({ state, paused: by }) => (by ? `${state}, paused ${by.replace(' ', ' by ')}` : state));
  console.log(`${workflow}: ${words.join('; ') || 'nothing reads its queue'}; ${waiting} messages wait.`);
  if (states.some(({ state }) => state === 'Disabled')) {
    console.log(`  The queue keeps a message for ${duration(retentionSeconds)}: resume before the oldest is older.`);
  }
}
