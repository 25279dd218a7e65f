import { DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import type { Aws } from '../../aws';
import { pausedTags, resumedTags } from '../pause-tags';
import type { DeliveryRule, FanOut } from './delivery-rules';
import { replayGap } from './replay-gap';

/** An event may take so long to reach an archive: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html */
export const ARCHIVE_MINUTES = 10;

const MINUTE_MS = 60_000;

/**
 * Turns the rules off that start deliveries; gives the names of those that it turned off. What comes meanwhile is in the archives alone. Refuses
 * a rule on whose bus there is none. A rule that somebody else turned off is left alone, and stays off on resuming. Twice is no harm.
 */
export async function pauseFanOut(aws: Aws, { stack, rules, recordUrl }: FanOut): Promise<string[]> {
  const enabled = rules.filter(({ isEnabled }) => isEnabled);
  const unkept = enabled.filter(({ archive }) => !archive).map(({ busName }) => busName);
  if (unkept.length > 0) {
    throw new Error(
      `Nothing keeps the events of ${unkept.join(', ')}: a pause would lose them. Give the bus an archive.`,
    );
  }
  if (enabled.length === 0) return [];
  const names = enabled.map(({ name }) => name);
  await aws.operatorLog.write(stack, { act: 'pause', workflow: 'fan-out', rules: names });
  const paused = pausedTags(aws, recordUrl);
  const known = await paused.read();
  // Before the rules: one that is off and that nobody remembers would stay off. What is known already began earlier, and is kept.
  await paused.write(enabled.map(({ logicalId }) => logicalId).filter((logicalId) => !known.has(logicalId)));
  await resumedTags(aws, recordUrl).remove(enabled.map(({ logicalId }) => logicalId));
  for (const rule of enabled) await aws.events.send(new DisableRuleCommand(keyOf(rule)));
  return names;
}

/** What resuming tells on its way. */
export type Say = (line: string) => void;

/**
 * Turns the rules on that were paused, waits until the archives have all that came meanwhile, and replays it to these rules alone: deliveries
 * are made once per event id, so that what comes twice is harmless. Gives the names of the rules. A run that was cut short is taken up by the next
 * one; a rule that a deployment turned on meanwhile, or replaced, gets what it missed all the same.
 */
export async function resumeFanOut(aws: Aws, fanOut: FanOut, archiveMinutes: number, say: Say): Promise<string[]> {
  const { stack, recordUrl } = fanOut;
  const paused = pausedTags(aws, recordUrl);
  const resumed = resumedTags(aws, recordUrl);
  const since = await paused.read();
  const rules = fanOut.rules.filter(({ logicalId }) => since.has(logicalId));
  if (since.size === 0) return [];
  const names = rules.map(({ name }) => name);
  await aws.operatorLog.write(stack, { act: 'resume', workflow: 'fan-out', rules: names });
  for (const rule of rules) await aws.events.send(new EnableRuleCommand(keyOf(rule)));
  const known = await resumed.read();
  await resumed.write(rules.map(({ logicalId }) => logicalId).filter((logicalId) => !known.has(logicalId)));
  const until = await resumed.read();
  for (const rule of rules) {
    const gap = { fromMs: momentOf(since, rule), untilMs: momentOf(until, rule) };
    await archived(gap.untilMs + archiveMinutes * MINUTE_MS, say);
    const replay = await replayGap(aws, stack.name, rule, gap);
    await aws.operatorLog.write(stack, { act: 'replayed-gap', workflow: 'fan-out', rule: rule.name, replay, ...gap });
    say(`What came to ${rule.busName} meanwhile has been replayed: ${replay}.`);
  }
  // Rules that are no longer in the stack are forgotten with the others.
  await paused.remove([...since.keys()]);
  await resumed.remove([...until.keys()]);
  return names;
}

async function archived(readyMs: number, say: Say): Promise<void> {
  const waitMs = readyMs - Date.now();
  if (waitMs <= 0) return;
  say(
    `New events are delivered. Those that came meanwhile are replayed in ${Math.ceil(waitMs / MINUTE_MS)} minutes, when the archive has them; a run that is cut short is taken up by the next one.`,
  );
  await new Promise((resolve) => setTimeout(resolve, waitMs));
}

function momentOf(moments: ReadonlyMap<string, string>, { logicalId }: DeliveryRule): number {
  return Date.parse(moments.get(logicalId)!.split(' ')[0]!);
}

function keyOf({ name: Name, busName: EventBusName }: DeliveryRule) {
  return { Name, EventBusName };
}
