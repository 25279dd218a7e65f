import type { OrderBooks } from './order-books';
import type { WatchedStacks } from './watched-stacks';

const SECOND_MS = 1000;

/** Orders that come in steadily while the clock turns. */
export class OrderLoad {
  private count = 0;

  constructor(
    private readonly watched: WatchedStacks,
    private readonly books: OrderBooks,
    private readonly options: {
      readonly sku: string;
      readonly everySeconds: number;
      /** Done before each order is placed, such as turning on a fault of its own. */
      readonly before?: (orderId: string) => Promise<void>;
    },
  ) {}

  /** Lets orders come for so long, or until something is so. Says whether it came so. */
  async during(
    name: string,
    durationMs: number,
    isSo: () => boolean | Promise<boolean> = () => false,
  ): Promise<boolean> {
    const { sku, everySeconds, before } = this.options;
    const untilMs = this.watched.clock.now() + durationMs;
    while (this.watched.clock.now() < untilMs) {
      const orderId = `${name}-${++this.count}`;
      await before?.(orderId);
      await this.books.place(orderId, sku);
      const leftMs = Math.min(everySeconds * SECOND_MS, untilMs - this.watched.clock.now());
      if (await this.watched.turnUntil(isSo, leftMs)) return true;
    }
    return false;
  }
}
