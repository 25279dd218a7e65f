import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../local/kernel/random';
import { CutShort } from './cut-short';
import { DocumentsUnderWay } from './documents-under-way';
import type { MortalAws } from './mortal-aws';
import { OrdersUnderWay } from './orders-under-way';

const ORDERS_PER_LIFE = 2;
const SHORTEST_LIFE_MS = 100;
/**
 * Many lives end while functions start; most are long enough for an order to get somewhere, so that few messages are received in vain
 * as often as their queue allows.
 */
const SHORT_LIFE_MS = 1000;
const LONG_LIFE_MS = 4000;
const LONG_LIVES = 0.6;
/** Their queues let messages be received five times: what has been received so often is given more time, though not for sure enough. */
const RECEIVED_OFTEN = 4;
/** What passes on the stacks' clock between the end of a process and the next one. */
const LONGEST_PAUSE_MS = 120_000;

/** Orders, questions and documents under way while the process dies again and again. */
export class KillRun {
  private readonly cutShort = new CutShort();
  private readonly orders: OrdersUnderWay;
  private readonly documents: DocumentsUnderWay;

  constructor(
    private readonly aws: MortalAws,
    private readonly random: Random,
  ) {
    this.orders = new OrdersUnderWay(aws, random, this.cutShort);
    this.documents = new DocumentsUnderWay(aws, random, this.cutShort);
  }

  /** Kills so many times, lets everything come to its end, and gives what is not as it must be. */
  async kill(times: number): Promise<string[]> {
    await this.orders.stock();
    for (let kill = 0; kill < times; kill++) {
      for (let order = 0; order < ORDERS_PER_LIFE; order++) this.orders.place();
      this.documents.change();
      await pause(this.nextLifeMs());
      const pauseMs = this.random.next() * LONGEST_PAUSE_MS;
      await this.aws.kill(pauseMs, (dataFolder, diedAtMs) => this.cutShort.note(dataFolder, diedAtMs));
    }
    await this.orders.settle();
    await this.documents.settle();
    return [...(await this.orders.violations()), ...(await this.documents.violations())];
  }

  private nextLifeMs(): number {
    const longestMs = this.random.next() < LONG_LIVES ? LONG_LIFE_MS : SHORT_LIFE_MS;
    const lifeMs = SHORTEST_LIFE_MS + this.random.next() * (longestMs - SHORTEST_LIFE_MS);
    return this.cutShort.highest >= RECEIVED_OFTEN ? LONG_LIFE_MS + lifeMs : lifeMs;
  }

  /** How many orders came to each end, and how many messages had been parked on the way. */
  async ends(): Promise<Record<string, number>> {
    return {
      ...(await this.orders.ends()),
      parkedDocuments: this.documents.parked,
      failedIngestions: this.documents.failures,
    };
  }

  close(): void {
    this.orders.close();
    this.documents.close();
  }
}
