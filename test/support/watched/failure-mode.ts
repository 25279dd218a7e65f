import { ringing } from './alarm-states';
import type { Bell } from './bells';
import { OrderBooks } from './order-books';
import { WatchedStacks } from './watched-stacks';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** Within so long the right alarm must ring. */
export const FIVE_MINUTES_MS = 5 * MINUTE_MS;
/** Pieces on the shelf at first. */
const ON_HAND = 100_000;
/** More than an order may cost without an approval. */
const DEAR_CENTS = 250_000;

/** How it begins. */
interface FailureModeOptions {
  /** For so long an order a minute is placed before the trouble. */
  readonly healthyMinutes?: number;
  /** The tests' own when absent. */
  readonly assemblyFolder?: string;
}

/** A deployment that does its work, until something begins to fail; and what is asked of it from then on. */
export class FailureMode {
  /** When the trouble began, in milliseconds since the epoch. */
  beganAt = 0;

  private constructor(
    readonly watched: WatchedStacks,
    readonly books: OrderBooks,
  ) {}

  /** Deploys, fills the shelf with cheap lamps and dear lathes, and lets it work for a while. */
  static async start({ healthyMinutes = 12, assemblyFolder }: FailureModeOptions = {}): Promise<FailureMode> {
    const watched = await WatchedStacks.start(assemblyFolder);
    const books = new OrderBooks(watched);
    await books.stock('lamp', ON_HAND);
    await books.stock('lathe', ON_HAND, DEAR_CENTS);
    for (let minute = 0; minute < healthyMinutes; minute++) {
      await books.place(`healthy-${minute}`, 'lamp');
      await watched.turn(MINUTE_MS, 10_000);
    }
    return new FailureMode(watched, books);
  }

  stop(): Promise<void> {
    return this.watched.stop();
  }

  /** Takes note that the trouble begins now. */
  begins(): void {
    this.beganAt = this.watched.clock.now();
  }

  /** What is left of the five minutes, in milliseconds. */
  get leftMs(): number {
    return this.beganAt + FIVE_MINUTES_MS - this.watched.clock.now();
  }

  /** Turns the clock until the alarm rings; throws when it does not within the five minutes. */
  async rings(alarm: string): Promise<Bell> {
    await this.watched.turnUntil(() => this.bell(alarm) !== undefined, this.leftMs);
    const bell = this.bell(alarm);
    if (!bell)
      throw new Error(`${alarm} does not ring within five minutes. Heard: ${this.rung().join(', ') || 'nothing'}`);
    return bell;
  }

  /** The alarm, if it rings since the trouble began. */
  bell(alarm: string): Bell | undefined {
    const bell = this.watched.bells.ringing(alarm);
    return bell && bell.atMs >= this.beganAt ? bell : undefined;
  }

  /** What rang since the trouble began, in short. */
  rung(): string[] {
    return this.watched.bells.rungSince(this.beganAt);
  }

  /** `ops` as an operator types it; throws unless it ends with 0. */
  async ops(...args: string[]): Promise<string> {
    const { code, output } = await this.watched.stacks.ops(...args);
    if (code !== 0) throw new Error(`ops ${args.join(' ')} ended with ${code}: ${output}`);
    return output;
  }

  /**
   * Lets time go by until each order has its end and all alarms are quiet, and at most so long. Gives what is wrong then: alarms that
   * ring, orders, money, pieces, messages.
   */
  async wrongAfter(atMostMs: number, stepMs = 10_000): Promise<string[]> {
    const isQuiet = async () => (await this.books.open()).length === 0 && (await ringing(this.watched)).length === 0;
    await this.watched.turnUntil(isQuiet, atMostMs, stepMs);
    return [...(await ringing(this.watched)), ...(await this.books.faults())];
  }
}

/** What a notification must say besides the alarm's name. */
export const pageOf = (alarm: string) => ({
  owner: 'the platform team',
  runbook: expect.stringMatching(new RegExp(`^https://.+/docs/runbooks/${alarm}\\.md$`)),
});
