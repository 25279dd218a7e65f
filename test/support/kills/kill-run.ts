import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../local/kernel/random';
import { DocumentsUnderWay } from './documents-under-way';
import type { MortalAws } from './mortal-aws';
import { OrdersUnderWay } from './orders-under-way';

const ORDERS_PER_LIFE = 2;
const SHORTEST_LIFE_MS = 100;
/** Most lives end while functions start; some are long enough for an order to get somewhere. */
const SHORT_LIFE_MS = 1000;
const LONG_LIFE_MS = 4000;
const LONG_LIVES = 0.3;
/** What passes on the stacks' clock between the end of a process and the next one. */
const LONGEST_PAUSE_MS = 120_000;

/** Orders, questions and documents under way while the process dies again and again. */
export class KillRun {
  private readonly orders: OrdersUnderWay;
  private readonly documents: DocumentsUnderWay;

  constructor(
    private readonly aws: MortalAws,
    private readonly random: Random,
  ) {
    this.orders = new OrdersUnderWay(aws, random);
    this.documents = new DocumentsUnderWay(aws, random);
  }

  /** Kills so many times, lets everything come to its end, and gives what is not as it must be. */
  async kill(times: number): Promise<string[]> {
    await this.orders.stock();
    for (let kill = 0; kill < times; kill++) {
      for (let order = 0; order < ORDERS_PER_LIFE; order++) this.orders.place();
      this.documents.change();
      const longestMs = this.random.next() < LONG_LIVES ? LONG_LIFE_MS : SHORT_LIFE_MS;
      await pause(SHORTEST_LIFE_MS + this.random.next() * (longestMs - SHORTEST_LIFE_MS));
      await this.aws.kill(this.random.next() * LONGEST_PAUSE_MS);
    }
    await this.orders.settle();
    await this.documents.settle();
    return [...(await this.orders.violations()), ...(await this.documents.violations())];
  }

  /** How many orders came to each end. */
  ends(): Promise<Record<string, number>> {
    return this.orders.ends();
  }

  close(): void {
    this.orders.close();
    this.documents.close();
  }
}
