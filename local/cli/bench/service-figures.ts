import type { Figures } from './figures';
import { controlOperations } from './services/control-operations';
import { dataOperations } from './services/data-operations';
import type { Filling } from './services/fillings';
import { messagingOperations } from './services/messaging-operations';
import type { Operation } from './services/operation';
import { prepareTarget } from './services/prepared-target';
import { ServerProcess } from './services/server-process';

/** How often an operation is called: before it counts, one after the other, and with several under way. */
interface Extent {
  readonly warmUp: number;
  readonly sequential: number;
  readonly concurrent: number;
}

const FULL: Extent = { warmUp: 200, sequential: 1_000, concurrent: 3_000 };
const SHORT: Extent = { warmUp: 20, sequential: 100, concurrent: 200 };
const UNDER_WAY = 16;
const MEGABYTE = 2 ** 20;
const HELD_COUNT = 100_000;
const HELD: Readonly<Record<Filling, string>> = {
  messages: 'messages of 100 characters',
  items: 'items of 100 characters',
  executions: 'finished executions of 3 states',
};

/** Measures the most used operations of every service over the wire, and what 100,000 things of three services hold. */
export async function measureServices(figures: Figures): Promise<void> {
  await measureOperations(figures, FULL);
  for (const filling of Object.keys(HELD) as Filling[]) await measureHeld(figures, filling);
}

/** The operations alone, each called less often: what a run of everything has time for. */
export function measureServicesShortly(figures: Figures): Promise<void> {
  return measureOperations(figures, SHORT);
}

async function measureOperations(figures: Figures, extent: Extent): Promise<void> {
  const server = await ServerProcess.start();
  try {
    const target = await prepareTarget(server.url);
    for (const make of [messagingOperations, dataOperations, controlOperations]) {
      for (const operation of await make(target)) await measureOperation(figures, operation, extent);
    }
  } finally {
    server.stop();
  }
}

/** Times of calls one after the other, and the rate of as many as are under way together. */
async function measureOperation(figures: Figures, { name, call }: Operation, extent: Extent): Promise<void> {
  let number = 0;
  for (let i = 0; i < extent.warmUp; i++) await call(number++);
  const milliseconds: number[] = [];
  for (let i = 0; i < extent.sequential; i++) {
    const begun = performance.now();
    await call(number++);
    milliseconds.push(performance.now() - begun);
  }
  milliseconds.sort((a, b) => a - b);
  const end = number + extent.concurrent;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: UNDER_WAY }, async () => {
      while (number < end) await call(number++);
    }),
  );
  const perSecond = extent.concurrent / ((performance.now() - begun) / 1000);
  const quantile = (share: number) => milliseconds[Math.ceil(milliseconds.length * share) - 1]!.toFixed(2);
  figures.show(name, perSecond, '/s', `p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms`);
}

/** What so many things take of a process that held but a role before. */
async function measureHeld(figures: Figures, filling: Filling): Promise<void> {
  const server = await ServerProcess.start();
  try {
    const { roleArn } = await prepareTarget(server.url);
    const before = await server.memoryBytes();
    await server.fill(filling, HELD_COUNT, roleArn);
    const bytes = (await server.memoryBytes()) - before;
    const what = `memory for ${HELD_COUNT.toLocaleString('en-US')} ${HELD[filling]}`;
    figures.show(what, bytes / MEGABYTE, 'MB', `${Math.round(bytes / HELD_COUNT)} bytes each`);
  } finally {
    server.stop();
  }
}
