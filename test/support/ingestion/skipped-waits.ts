/**
 * Owns time in which nobody waits: a function that only waits for its next turn goes on at once, and the clock of the embedded
 * AWS goes forward by as much. What the machine works takes the machine's time, however slow it is.
 *
 * Invariant: the clock and all functions whose waits are skipped agree on the time, but for messages on their way.
 */
import { BroadcastChannel } from 'node:worker_threads';
import { LeapingClock } from '../../../local/kernel/leaping-clock';
import { assemblyWithPrelude } from '../patched-assembly';

const CHANNEL = 'stepwright-skipped-waits';

/** A clock that leaps over what functions would have waited for. */
export class WaitSkippingClock extends LeapingClock {
  private readonly channel = new BroadcastChannel(CHANNEL);

  constructor() {
    super();
    this.channel.unref();
    this.channel.onmessage = (message) => this.leap((message as { data: number }).data);
  }

  /** Hears of no more waits. */
  close(): void {
    this.channel.close();
  }
}

/**
 * A copy of an assembly in a folder of its own, in which functions whose logical id contains `name` do not wait: timers under a
 * second are due at once, and `Date` and the remaining time go forward by as much. Their bundles are otherwise those of the
 * assembly. Longer timers say how long a client waits for an answer, and stay.
 */
export function assemblyWithoutWaits(assemblyFolder: string, name: string): string {
  return assemblyWithPrelude(assemblyFolder, name, `(${skipWaits})('${CHANNEL}');`);
}

/** Runs in the function's thread before its bundle; it is handed over as text. */
const skipWaits = `function (name) {
  const channel = new (require('node:worker_threads').BroadcastChannel)(name);
  channel.unref();
  const machineNow = performance.now.bind(performance);
  const GivenDate = Date;
  let skipped = 0;
  channel.onmessage = ({ data }) => {
    skipped += data;
  };
  performance.now = () => machineNow() + skipped;
  // The runtime sets the time anew at the start of each invocation: what was skipped before is in it.
  let offset = Number.NaN;
  let skippedBefore = 0;
  const now = () => {
    const given = GivenDate.now();
    const difference = given - machineNow();
    // The machine's two clocks drift apart, a little with each look.
    const isSetAnew = !(Math.abs(difference - offset) < 50);
    offset = difference;
    if (isSetAnew) skippedBefore = skipped;
    return Math.round(given + skipped - skippedBefore);
  };
  globalThis.Date = class extends GivenDate {
    constructor(...values) {
      if (values.length === 0) super(now());
      else super(...values);
    }
    static now() {
      return now();
    }
  };
  const wait = setTimeout;
  globalThis.setTimeout = (task, delay = 0, ...values) => {
    if (!(delay > 0 && delay < 1000)) return wait(task, delay, ...values);
    const due = performance.now() + delay;
    return wait(() => {
      // The clocks of AWS know whole milliseconds.
      const left = Math.ceil(due - performance.now());
      if (left > 0) {
        skipped += left;
        channel.postMessage(left);
      }
      task(...values);
    }, 0);
  };
}`;
