import type { Violation } from './findings';
import { violationsOf } from './invariants';
import { type Mutation, OrdersWorld } from './orders-world';
import { SagaMachines } from './saga-machines';
import { planWorld, withoutStops } from './world-plan';

/** A seed whose world broke an invariant. */
export interface Failure {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** All there is to know about it, and how to see it again. */
  readonly report: string;
}

/** What a search has seen. */
export interface Findings {
  readonly worlds: number;
  readonly milliseconds: number;
  readonly failure?: Failure;
  /** How many orders came to each end; `-` for those that never began. */
  readonly ends: Readonly<Record<string, number>>;
  /** The states that executions entered. */
  readonly states: ReadonlySet<string>;
  /** Injected faults, of all worlds. */
  readonly faults: number;
  /** Status events of executions that died and of which nobody heard, of all worlds. */
  readonly lostEvents: number;
}

/** Where to search. */
export interface SearchOptions {
  readonly fromSeed: number;
  readonly worlds: number;
  /** Stops early when so much time has passed. */
  readonly budgetMs?: number;
  readonly mutation?: Mutation;
}

/** Runs world after world until an invariant breaks, the seeds are used up or the time is. */
export async function search({ fromSeed, worlds, budgetMs = Infinity, mutation }: SearchOptions): Promise<Findings> {
  const startMs = performance.now();
  const machines = new SagaMachines(mutation?.definition);
  const ends: Record<string, number> = {};
  const states = new Set<string>();
  let faults = 0;
  let lostEvents = 0;
  let run = 0;
  let failure: Failure | undefined;
  while (run < worlds && !failure && performance.now() - startMs < budgetMs) {
    const seed = fromSeed + run++;
    const plan = mutation?.hasNoStops ? withoutStops(planWorld(seed)) : planWorld(seed);
    const world = await OrdersWorld.run(plan, mutation, machines);
    faults += world.trace.lines.filter((line) => line.includes('s  fault ')).length;
    lostEvents += world.trace.lines.filter((line) => line.includes('the status event of')).length;
    const rows = await world.rows('orders');
    for (const { orderId } of world.plan.orders) {
      const end = rows.find((row) => row.orderId === orderId)?.status ?? '-';
      ends[end] = (ends[end] ?? 0) + 1;
    }
    for (const { executionArn } of await world.executions()) {
      for (const state of await world.pathOf(executionArn)) states.add(state);
    }
    const violations = await violationsOf(world);
    if (violations.length > 0) {
      failure = { seed, violations, report: await reportOf(world, violations) };
    }
  }
  return { worlds: run, milliseconds: performance.now() - startMs, failure, ends, states, faults, lostEvents };
}

/** How many worlds a minute a search has lived through. */
export function worldsPerMinute({ worlds, milliseconds }: Findings): number {
  return Math.round((worlds * 60_000) / milliseconds);
}

/** One world as text: its plan, what broke, all that happened in order, and the command that shows it again. */
export async function reportOf(world: OrdersWorld, violations: readonly Violation[]): Promise<string> {
  const { seed, ...plan } = world.plan;
  const paths: string[] = [];
  for (const { name, status, executionArn } of await world.executions()) {
    paths.push(`  ${name} ${status}: ${(await world.pathOf(executionArn)).join(' → ')}`);
  }
  return [
    `seed ${seed} breaks ${violations.length} invariant(s):`,
    ...violations.map(({ invariant, detail }) => `  ${invariant}\n    ${detail}`),
    'the world:',
    ...Object.entries(plan).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
    'what happened:',
    ...world.trace.lines.map((line) => `  ${line}`),
    'the executions:',
    ...paths,
    `to see it again: SEED=${seed} npx jest test/simulation/orders.test.ts -t replays`,
  ].join('\n');
}
