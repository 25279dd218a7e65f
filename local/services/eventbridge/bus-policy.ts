import type { EventBridge } from './event-bridge';
import type { Bus } from './model';

/** Adds a statement to the policy of a bus, or replaces the one with the same `Sid`. */
export function putStatement(bridge: EventBridge, bus: Bus, statement: Record<string, unknown>): void {
  const others = statementsWithout(bus, statement.Sid as string);
  const policy = { Version: '2012-10-17', Statement: [...others, statement] };
  bridge.store.changeBus(bus, { policy }, bridge.now());
}

/** Takes a statement away; says whether there was one. */
export function removeStatement(bridge: EventBridge, bus: Bus, sid: string): boolean {
  const others = statementsWithout(bus, sid);
  if (others.length === (bus.policy?.Statement.length ?? 0)) return false;
  const policy = others.length > 0 ? { Version: '2012-10-17', Statement: others } : undefined;
  bridge.store.changeBus(bus, { policy }, bridge.now());
  return true;
}

function statementsWithout(bus: Bus, sid: string): Record<string, unknown>[] {
  return (bus.policy?.Statement ?? []).filter((statement) => statement.Sid !== sid);
}
