import { findGhosts } from '../../../../bin/commands/reconcile/find-ghosts';
import { repairGhosts } from '../../../../bin/commands/reconcile/repair-ghosts';
import { endOf, SCENARIOS, type Scenario } from './crash-scenarios';
import { CrashWorld } from './crash-world';
import { type Effect, MOMENTS, type Moment } from './function-run';
import { reconcilePorts } from './reconcile-ports';

/** Where a scenario is disturbed: at one effect of it, or at every one of its kind, also when it is tried again. */
export interface CrashPoint {
  readonly scenario: Scenario;
  readonly effect: Effect;
  /** Its number in the undisturbed scenario. */
  readonly number: number;
  readonly moment: Moment;
  readonly isAlways: boolean;
}

/** Every point at which scenarios can be disturbed. Throws an Error when one does not end as it says, undisturbed. */
export async function crashPoints(): Promise<CrashPoint[]> {
  const points: CrashPoint[] = [];
  for (const scenario of SCENARIOS) {
    const { effects, findings } = await live(scenario, () => undefined);
    if (findings.length > 0) throw new Error(`${scenario.name}: ${findings.join('; ')}`);
    const kinds = new Set<string>();
    for (const [number, effect] of effects.entries()) {
      const isFirst = !kinds.has(kindOf(effect));
      kinds.add(kindOf(effect));
      for (const moment of MOMENTS) {
        points.push({ scenario, effect, number, moment, isAlways: false });
        if (isFirst) points.push({ scenario, effect, number, moment, isAlways: true });
      }
    }
  }
  return points;
}

/** What is wrong after a scenario that was disturbed at a point; empty when all is well. */
export async function findingsAt({ scenario, effect, number, moment, isAlways }: CrashPoint): Promise<string[]> {
  let count = 0;
  const { findings } = await live(
    scenario,
    (at) => {
      const isHere = isAlways ? kindOf(at) === kindOf(effect) : count === number;
      count += 1;
      return isHere ? moment : undefined;
    },
    { mayPark: isAlways, mayOrphan: scenario.isShortLived === true && moment === 'late' && PUT.test(effect.call) },
  );
  const how = isAlways ? 'at every' : `at number ${number},`;
  return findings.map((finding) => `${scenario.name}, ${moment} ${how} ${kindOf(effect)}: ${finding}`);
}

/** `<function>:<port>.<call>#<n-th of the process>`. */
export function kindOf({ functionName, call }: Effect): string {
  return `${functionName}:${call}`;
}

const PUT = /^vectors\.put#/;

/** What may be besides a scenario's own ends. */
interface Allowance {
  readonly mayPark: boolean;
  /** What a dead process had sent lands after its version has come and gone: no row knows of it, and reconciling deletes it. */
  readonly mayOrphan: boolean;
}

const NOTHING: Allowance = { mayPark: false, mayOrphan: false };

/** Lives through a scenario; `mayPark`: it is also an end when a person is asked to look. */
async function live(
  scenario: Scenario,
  fate: (effect: Effect) => Moment | undefined,
  { mayPark, mayOrphan }: Allowance = NOTHING,
) {
  let isArmed = true;
  const world = await CrashWorld.make((effect) => (isArmed ? fate(effect) : undefined));
  const findings: string[] = [];
  world.takeOver(await standingOf(scenario));
  await scenario.act(world);
  await world.rest();
  isArmed = false;
  if (mayOrphan) await repairOrphans(world);
  const effects = [...world.effects];
  if ((await world.executions('RUNNING')).length > 0) findings.push('an execution does not end');
  findings.push(...(await ghostsOf(world)));
  await world.sweep();
  findings.push(...(await ghostsOf(world)), ...leftOver(world), ...world.broken);
  for (const [path, wanted] of Object.entries(scenario.ends)) {
    const end = await endOf(world, path);
    if (end !== wanted && !(mayPark && (await world.isInReview(path))))
      findings.push(`${path} ended ${end}, not ${wanted}`);
  }
  await world.bench.gateway.stop();
  return { effects, findings: [...new Set(findings)] };
}

const standings = new Map<Scenario, CrashWorld>();

/** What was before a scenario; lived through once. */
async function standingOf(scenario: Scenario): Promise<CrashWorld> {
  const known = standings.get(scenario);
  if (known) return known;
  const world = await CrashWorld.make(() => undefined);
  await scenario.before(world);
  standings.set(scenario, world);
  return world;
}

async function repairOrphans(world: CrashWorld): Promise<void> {
  const ports = reconcilePorts(world.ingestion, { send: async () => undefined });
  const { orphans, ...rest } = await findGhosts(ports);
  await repairGhosts(ports, { ...rest, orphans, broken: [] });
  world.forgive(orphans.flatMap(({ keys }) => keys));
}

async function ghostsOf({ ingestion }: CrashWorld): Promise<string[]> {
  const { orphans, broken } = await findGhosts(reconcilePorts(ingestion, { send: async () => undefined }));
  return [
    ...orphans.map(({ keys, why }) => `reconcile finds ${keys.length} orphans: ${why}`),
    ...broken.map(({ row, missing }) => `reconcile finds ${missing} vectors of ${row.path} missing`),
  ];
}

/** What the sweeper should have cleaned up. */
function leftOver({ ingestion: { documents, vectors } }: CrashWorld): string[] {
  let visible = 0;
  const left: string[] = [];
  for (const row of documents.rows.values()) {
    visible += row.visible?.chunkCount ?? 0;
    if (row.pending.length + row.garbage.length > 0) left.push(`${row.path} has hidden vectors after the sweeper`);
  }
  if (vectors.records.size !== visible) left.push(`${vectors.records.size} vectors, of which ${visible} are visible`);
  return left;
}
