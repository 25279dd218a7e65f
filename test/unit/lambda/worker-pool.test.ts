import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { type PooledWorker, WorkerPool } from '../../../local/services/lambda/execution/worker-pool';

const LIMITS = {
  workers: 2,
  patienceMs: 50,
  evictionPatienceMs: 500,
  starvationMs: 1000,
  queueLimitMs: 60_000,
  idleMs: 5000,
};

class FakeWorker implements PooledWorker<number, string> {
  isDead = false;
  isDisposed = false;
  constructor(
    readonly name: string,
    private readonly clock: SimulatedClock,
  ) {}
  /** A job is the milliseconds it takes; a negative one kills the worker at its end. */
  invoke(job: number): Promise<string> {
    return new Promise((resolve) => {
      this.clock.schedule(this.clock.now() + Math.abs(job), () => {
        if (job < 0) this.isDead = true;
        resolve(this.name);
      });
    });
  }
  dispose(): void {
    this.isDead = true;
    this.isDisposed = true;
  }
}

let clock: SimulatedClock;
let pool: WorkerPool<number, string>;
let started: FakeWorker[];
let finished: string[];

beforeEach(() => {
  clock = new SimulatedClock(0);
  pool = new WorkerPool(clock, () => new Error('turned away'), LIMITS);
  started = [];
  finished = [];
});

/** Runs a job of function `key`; its worker's name is told in `finished`. */
function run(key: string, jobMs: number): void {
  const start = () => {
    const worker = new FakeWorker(`${key}${started.filter(({ name }) => name.startsWith(key)).length + 1}`, clock);
    started.push(worker);
    return worker;
  };
  pool.run(key, start, jobMs).then(
    (name) => finished.push(name),
    (error: Error) => finished.push(`${key}: ${error.message}`),
  );
}

const startedNames = () => started.map(({ name }) => name);

describe('a pool of workers', () => {
  it('uses an idle worker again', async () => {
    run('a', 10);
    await clock.turn(20);
    run('a', 10);
    await clock.turn(20);
    expect(startedNames()).toEqual(['a1']);
    expect(finished).toEqual(['a1', 'a1']);
  });

  it('lets a short queue wait for its worker rather than start another', async () => {
    for (let i = 0; i < 4; i++) run('a', 10);
    await clock.turn(100);
    expect(startedNames()).toEqual(['a1']);
    expect(finished).toEqual(['a1', 'a1', 'a1', 'a1']);
  });

  it('starts another worker of a function whose calls have waited', async () => {
    run('a', 1000);
    run('a', 1000);
    await clock.turn(49);
    expect(startedNames()).toEqual(['a1']);
    await clock.turn(2);
    expect(startedNames()).toEqual(['a1', 'a2']);
  });

  it('waits longer for each further worker, and ten times as long on a machine that is saturated', async () => {
    const wide = { ...LIMITS, workers: 12 };
    pool = new WorkerPool(clock, () => new Error('turned away'), wide);
    for (let i = 0; i < 9; i++) run('a', 10_000);
    await clock.turn(60);
    expect(startedNames().length).toBe(2);
    await clock.turn(180);
    expect(startedNames().length).toBe(2);
    await clock.turn(30);
    expect(startedNames().length).toBe(3);
    pool.stop();
    started = [];
    pool = new WorkerPool(
      clock,
      () => new Error('turned away'),
      wide,
      () => true,
    );
    for (let i = 0; i < 9; i++) run('a', 10_000);
    await clock.turn(490);
    expect(startedNames().length).toBe(1);
    await clock.turn(20);
    expect(startedNames().length).toBe(2);
  });

  it('lets all but one worker of a function go when they idle', async () => {
    run('a', 1000);
    run('a', 1000);
    await clock.turn(2000);
    expect(pool.size).toBe(2);
    await clock.turn(10_000);
    expect(pool.size).toBe(1);
    await clock.turn(60_000);
    expect(pool.size).toBe(1);
    run('a', 10);
    await clock.turn(20);
    expect(finished.length).toBe(3);
  });

  it('never has more workers than its cap', async () => {
    for (const key of ['a', 'b', 'c', 'd']) for (let i = 0; i < 3; i++) run(key, 100);
    for (let i = 0; i < 40; i++) {
      expect(started.filter(({ isDisposed }) => !isDisposed).length).toBeLessThanOrEqual(2);
      await clock.turn(100);
    }
    expect(finished.length).toBe(12);
  });

  it('ends the idle worker that was used longest ago to make room for a function without one', async () => {
    run('a', 10);
    await clock.turn(20);
    run('b', 10);
    await clock.turn(20);
    run('a', 10);
    await clock.turn(20);
    run('c', 10);
    await clock.turn(20);
    expect(started.filter(({ isDisposed }) => isDisposed).map(({ name }) => name)).toEqual(['b1']);
    expect(finished).toEqual(['a1', 'b1', 'a1', 'c1']);
  });

  it('takes no worker away from a function that has calls waiting, unless another starves', async () => {
    for (let i = 0; i < 40; i++) {
      run('a', 100);
      run('b', 100);
    }
    await clock.turn(10);
    run('c', 10);
    await clock.turn(900);
    expect(startedNames()).toEqual(['a1', 'b1']);
    await clock.turn(300);
    expect(finished).toContain('c1');
  });

  it('replaces a worker that died', async () => {
    run('a', -10);
    await clock.turn(20);
    expect(pool.size).toBe(0);
    run('a', 10);
    await clock.turn(20);
    expect(finished).toEqual(['a1', 'a2']);
  });

  it('turns away a call that found no place for a minute', async () => {
    run('a', 100_000);
    run('b', 100_000);
    run('c', 10);
    await clock.turn(60_001);
    expect(finished).toEqual(['c: turned away']);
  });

  it('ends the workers of a retired version once they are idle', async () => {
    run('a', 10);
    await clock.turn(20);
    run('a', 100);
    pool.retire('a');
    expect(started[0]!.isDisposed).toBe(false);
    await clock.turn(200);
    expect([started[0]!.isDisposed, pool.size]).toEqual([true, 0]);
  });

  it('turns away what waits when it stops', async () => {
    run('a', 10);
    run('a', 10);
    pool.stop();
    await clock.turn(20);
    expect(finished.sort()).toEqual(['a1', 'a: turned away']);
    expect(started[0]!.isDisposed).toBe(true);
  });
});
