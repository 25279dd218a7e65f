import { TARGETS } from '../../../../lambdas/fan-out/contracts/names';
import type { PlannedEvent } from './fan-out-plan';
import type { FanOutWorld } from './fan-out-world';

/** What does not hold of a world that has run dry, in words; `isReplayed` once everything was repaired and replayed. */
export async function violationsOf(world: FanOutWorld, isReplayed: boolean): Promise<string[]> {
  const violations: string[] = [];
  const rows = new Map((await world.rows('deliveries')).map((row) => [`${row.eventId} ${row.target}`, row]));
  const analytics = new Set((await world.rows('analytics')).map(({ eventId }) => eventId as string));
  const { accepted, badSignatures } = world.targets;
  const takenBy = (event: PlannedEvent, target: string) =>
    accepted.filter((one) => one.target === target && one.eventId === event.eventId);

  for (const event of world.plan.events) {
    for (const target of TARGETS) {
      const what = `${target} of ${event.eventId}`;
      const taken = takenBy(event, target);
      const isThere = target === 'analytics' ? analytics.has(event.eventId) : taken.length > 0;
      const isSkipped = target === 'mail' && !event.hasAddress;
      const parked = world.everParked.filter((one) => one.eventId === event.eventId && one.target === target);
      if (!isThere && !isSkipped && (isReplayed || parked.length === 0)) violations.push(`${what} is lost`);
      if (isSkipped && taken.length > 0) violations.push(`${what} was sent to nobody's address`);
      const isRefused =
        (target === 'mail' && event.isMailRefused && event.hasAddress) ||
        (target === 'webhook' && event.isWebhookRefused);
      if (isRefused && parked.length === 0) violations.push(`${what} is refused for good, and not parked`);
      const { attempts = 0, answered = 0 } = rows.get(`${event.eventId} ${target}`) ?? {};
      if (taken.length > 1 + attempts - answered) {
        violations.push(
          `${what} was taken ${taken.length} times, with ${attempts - answered} attempts of unknown outcome`,
        );
      }
      if (new Set(taken.map(({ content }) => content)).size > 1)
        violations.push(`${what} came with different contents`);
    }
  }
  const duplicates = duplicatesIn(world);
  const excuses = world.cutOff + world.targets.lostAnswers;
  if (duplicates > excuses) violations.push(`${duplicates} duplicates after ${excuses} crashes and lost answers`);
  for (const eventId of badSignatures)
    violations.push(`the webhook of ${eventId} was not signed as the receiver knows it`);
  if (isReplayed && world.parked.length > 0)
    violations.push(`${world.parked.length} deliveries are parked after replaying`);
  if (world.checkQueue.deadLetters.length > 0) violations.push('checks could not be made');
  return violations;
}

/** How often a target took what it had already. */
export function duplicatesIn({ targets: { accepted } }: FanOutWorld): number {
  return accepted.length - new Set(accepted.map(({ target, eventId }) => `${target} ${eventId}`)).size;
}
