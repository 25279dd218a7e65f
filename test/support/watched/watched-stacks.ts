import { LeapingClock } from '../../../local/kernel/leaping-clock';
import { SystemRandom } from '../../../local/kernel/random';
import type { LambdaService } from '../../../local/services/lambda/router';
import { ASSEMBLY_FOLDER } from '../assembly-folder';
import { OpsStacks } from '../ops-stacks';
import { type Bell, Bells } from './bells';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** One for each function that runs now and then: starting one costs more than most calls. */
const WORKERS = 32;
/** Turns of the event loop within which whatever is due has begun: a poll, a delivery, an execution's next step. */
const TURNS = 4;

/** All synthesized stacks on a clock that a test turns, with somebody who hears the alarms. */
export class WatchedStacks {
  /** Functions that a test holds back, such as in a call that gets no answer: the clock turns though they run. */
  heldFunctions = 0;

  private constructor(
    readonly clock: LeapingClock,
    /** The stacks, and `ops` as an operator types it, at the time of this clock. */
    readonly stacks: OpsStacks,
    readonly bells: Bells,
  ) {}

  /** Deploys an assembly, the tests' own when none is named. */
  static async start(assemblyFolder = ASSEMBLY_FOLDER): Promise<WatchedStacks> {
    // Commands are processes of their own, and credentials of SDKs go by the machine's time: both are at most as late as this clock.
    const clock = new LeapingClock(Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS);
    const kernel = { clock, random: new SystemRandom() };
    const stacks = await OpsStacks.start({ assemblyFolder, kernel, functionWorkers: WORKERS });
    return new WatchedStacks(clock, stacks, await Bells.subscribe(stacks));
  }

  stop(): Promise<void> {
    return this.stacks.stop();
  }

  /** Calls an API action as the account's administrator. */
  call(service: string, action: string, input: object): Promise<any> {
    return this.stacks.call(service, action, input);
  }

  /** Turns a fault of a built-in provider off. */
  faultless(scope: string, operation: string): Promise<void> {
    const Key = { scope: { S: scope }, operation: { S: operation } };
    return this.call('dynamodb', 'DeleteItem', { TableName: this.stacks.orders.FaultsTableName, Key });
  }

  /**
   * Goes forward in time in steps of at most so long; after each, what is due runs and comes to rest. A step in which functions ran is
   * followed by seconds until none does: what they wrote sets off others. Gives the bells that rang.
   */
  async turn(durationMs: number, stepMs = SECOND_MS): Promise<Bell[]> {
    const untilMs = this.clock.now() + durationMs;
    await this.rest();
    // Whoever turns the clock has just done something, as a rule.
    let didRun = true;
    for (let leftMs = durationMs; leftMs > 0; leftMs = untilMs - this.clock.now()) {
      this.leap(Math.min(didRun ? SECOND_MS : stepMs, leftMs));
      didRun = await this.rest();
    }
    return this.bells.listen();
  }

  /** Turns the clock until something is so, and at most so long. Says whether it came so. */
  async turnUntil(isSo: () => boolean | Promise<boolean>, atMostMs: number, stepMs = SECOND_MS): Promise<boolean> {
    const untilMs = this.clock.now() + atMostMs;
    await this.rest();
    await this.bells.listen();
    while (!(await isSo())) {
      if (this.clock.now() >= untilMs) return false;
      this.leap(stepMs);
      await this.rest();
      await this.bells.listen();
    }
    return true;
  }

  private leap(durationMs: number): void {
    this.clock.leap(durationMs);
    if (this.heldFunctions > 0) this.lambda.tellTime();
  }

  private get lambda(): LambdaService {
    const { registered } = this.stacks.stacks.embedded.gateway;
    return registered.find(({ name }) => name === 'lambda') as LambdaService;
  }

  /** Waits until no function runs but those that are held back, and nothing that is due is left to begin. Says whether a function ran. */
  async rest(): Promise<boolean> {
    const { lambda } = this;
    let didRun = false;
    for (let turn = 0; turn < TURNS; turn++) {
      let isIdle = false;
      const idle = lambda.whenIdle(this.heldFunctions).then(() => {
        isIdle = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 0));
      await new Promise((resolve) => setImmediate(resolve));
      if (isIdle) continue;
      await idle;
      didRun = true;
      turn = -1;
    }
    await lambda.flushLogs();
    return didRun;
  }
}
