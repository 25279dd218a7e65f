import { GetEventSourceMappingCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import type { Aws } from '../aws';
import type { Intake } from './intakes';
import { pausedTags } from './pause-tags';

const PAUSE_MS = 500;
/** A mapping changes its state within a minute or two. */
const PATIENCE_MS = 300_000;

/**
 * Disables the mappings of an intake and waits until Lambda takes no more messages; gives the UUIDs of those that it disabled. What comes meanwhile
 * waits in the queue. A mapping that somebody else has disabled is left alone, and stays so on resuming. Twice is no harm.
 */
export async function pause(aws: Aws, intake: Intake): Promise<string[]> {
  const enabled = intake.mappings.filter(({ State }) => !isOff(State)).map(({ UUID }) => UUID!);
  if (enabled.length > 0) {
    await aws.operatorLog.write(intake.stack, { act: 'pause', workflow: intake.workflow, mappings: enabled });
    // Before the mappings: an intake that is off and that nobody remembers would stay off.
    await pausedTags(aws, intake.queueUrl).write(enabled);
  }
  for (const UUID of enabled) await aws.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
  for (const { UUID } of intake.mappings) await awaitState(aws, UUID!, 'Disabled');
  return enabled;
}

/** Enables the mappings that were paused, waits until they are, and forgets the pause; gives their UUIDs. Twice is no harm. */
export async function resume(aws: Aws, intake: Intake): Promise<string[]> {
  const tags = pausedTags(aws, intake.queueUrl);
  const remembered = [...(await tags.read()).keys()];
  if (remembered.length === 0) return [];
  await aws.operatorLog.write(intake.stack, { act: 'resume', workflow: intake.workflow, mappings: remembered });
  // A deployment may have replaced a mapping, which is enabled then.
  const paused = remembered.filter((uuid) => intake.mappings.some(({ UUID }) => UUID === uuid));
  for (const UUID of paused) await aws.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
  for (const uuid of paused) await awaitState(aws, uuid, 'Enabled');
  await tags.remove(remembered);
  return paused;
}

function isOff(state: string | undefined): boolean {
  return state === 'Disabled' || state === 'Disabling';
}

async function awaitState({ lambda }: Aws, UUID: string, wanted: 'Enabled' | 'Disabled'): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    const { State } = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
    if (State === wanted) return;
    if (waitedMs >= PATIENCE_MS)
      throw new Error(`The mapping ${UUID} is ${State} and does not become ${wanted}: look at it in Lambda.`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
