import { decide, Inbox, type Invitation } from '../../../bin/commands/demo/inbox';
import { signedFetch } from '../../../bin/commands/signed-fetch';
import type { Random } from '../../../local/kernel/random';
import { OrderBooks } from './order-books';
import type { WatchedStacks } from './watched-stacks';

const HOUR_MS = 3_600_000;
/** Orders in each hour of a day: few at night, a peak at noon and one in the evening. */
const ORDERS_BY_HOUR = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 3, 2, 2, 2, 2, 3, 4, 4, 2, 1, 1];
/** Pieces of each product, so many that they last. */
const ON_HAND = 1_000_000;
/** More than an order may cost without an approval. */
const DEAR_CENTS = 250_000;
const LONGEST_THOUGHT_HOURS = 4;
/** While somebody is asked, steps stay below the two minutes after which the sweeper takes a wake-up for lost. */
const LONGEST_STEP_WHILE_ASKED_MS = 100_000;
/** Of so many orders one meets a carrier that is out for it alone, and stays out. */
const ORDERS_A_FAILURE = 1000;

/** What becomes of an order. */
type Kind = 'plain' | 'declined' | 'outOfStock' | 'asked' | 'triedAgain' | 'failed';

/** An approval that somebody gives some time later. */
interface Thought {
  readonly atMs: number;
  readonly invitation: Invitation;
  readonly decision: 'approve' | 'reject';
}

/** What a shop does on days without any trouble: orders, approvals, documents, quotes. */
export class HealthyTraffic {
  readonly books: OrderBooks;
  /** How often each thing was done. */
  readonly done: Record<string, number> = {};
  private readonly thoughts: Thought[] = [];
  private readonly documents: string[] = [];
  private inbox!: Inbox;
  private orders = 0;

  constructor(
    private readonly watched: WatchedStacks,
    private readonly random: Random,
  ) {
    this.books = new OrderBooks(watched);
  }

  /** Fills the shelf. */
  async prepare(): Promise<void> {
    const { embedded } = this.watched.stacks.stacks;
    this.inbox = (await Inbox.find(embedded.url))!;
    await this.books.stock('lamp', ON_HAND);
    await this.books.stock('lathe', ON_HAND, DEAR_CENTS);
    await this.books.stock('unicorn', 0);
  }

  /** Does what comes up in one hour, in steps of the clock of at most so long. */
  async hour(stepMs: number): Promise<void> {
    const { clock } = this.watched;
    const hour = new Date(clock.now()).getUTCHours();
    const acts = Array.from({ length: ORDERS_BY_HOUR[hour]! }, () => () => this.order());
    if (hour % 6 === 0) acts.push(() => this.document());
    if (hour % 2 === 0 && hour > 6) acts.push(() => this.quote());
    const moments = acts.map((act) => ({ act, atMs: clock.now() + this.random.next() * (HOUR_MS - stepMs) }));
    const untilMs = clock.now() + HOUR_MS;
    while (clock.now() < untilMs) {
      for (const moment of moments.filter(({ atMs }) => atMs <= clock.now())) {
        moments.splice(moments.indexOf(moment), 1);
        await moment.act();
      }
      await this.decideWhatIsDue();
      const longestMs = this.thoughts.length > 0 ? LONGEST_STEP_WHILE_ASKED_MS : stepMs;
      await this.watched.turn(Math.min(stepMs, longestMs, untilMs - clock.now()), stepMs);
    }
  }

  /** Decides all that is asked for, so that nothing is under way. */
  async finish(): Promise<void> {
    while (this.thoughts.length > 0) await this.hour(HOUR_MS / 12);
  }

  private async order(): Promise<void> {
    this.orders++;
    const kind = this.kind();
    const orderId = `${kind}-${this.orders}`;
    this.books.add(orderId);
    this.count(kind);
    const { stacks } = this.watched;
    if (kind === 'declined') await stacks.fault(orderId, 'charge', 'decline');
    if (kind === 'failed') await stacks.fault(orderId, 'book', 'errorBeforeEffect');
    if (kind === 'triedAgain') await this.faultOnce(orderId);
    const sku = { asked: 'lathe', outOfStock: 'unicorn' }[kind as string] ?? 'lamp';
    const customer = { name: 'Anna', ...(this.random.next() < 0.3 && { email: 'anna@example.com' }) };
    await this.place({ orderId, lines: [{ sku, quantity: 1 }], customer });
    if (kind === 'asked') await this.think(orderId);
    // Retries come after seconds.
    if (kind === 'triedAgain' || kind === 'failed') await this.watched.turn(120_000);
  }

  private kind(): Kind {
    if (this.orders % ORDERS_A_FAILURE === ORDERS_A_FAILURE / 2) return 'failed';
    const chance = this.random.next();
    if (chance < 0.05) return 'declined';
    if (chance < 0.1) return 'outOfStock';
    if (chance < 0.15) return 'asked';
    return chance < 0.17 ? 'triedAgain' : 'plain';
  }

  /** A provider that has no time at the moment. */
  private faultOnce(orderId: string): Promise<void> {
    const Item = {
      ...{ scope: { S: orderId }, operation: { S: 'charge' } },
      ...{ fault: { S: 'throttled' }, remaining: { N: '1' } },
    };
    return this.watched.call('dynamodb', 'PutItem', { TableName: this.watched.stacks.orders.FaultsTableName, Item });
  }

  private async place(order: { readonly orderId: string; readonly [member: string]: unknown }): Promise<void> {
    const { stacks } = this.watched;
    if (this.random.next() < 0.5) {
      const { statusCode, body } = await this.api(stacks.orders.OrdersApiUrl!)(
        'POST',
        '/orders',
        JSON.stringify(order),
      );
      if (statusCode !== 202)
        throw new Error(`${order.orderId} was not accepted: ${statusCode} ${JSON.stringify(body)}`);
    } else {
      const EventBusName = stacks.orders.OrderBusName;
      const entry = { EventBusName, Source: 'test.shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(order) };
      await this.watched.call('events', 'PutEvents', { Entries: [entry] });
    }
  }

  /** Reads the mail that asks, and makes up its mind for later. */
  private async think(orderId: string): Promise<void> {
    await this.watched.turn(5000);
    const invitation = await this.inbox.invitation(orderId);
    const hours = 0.2 + this.random.next() * (LONGEST_THOUGHT_HOURS - 0.2);
    const decision = this.random.next() < 0.8 ? 'approve' : 'reject';
    this.thoughts.push({ atMs: this.watched.clock.now() + hours * HOUR_MS, invitation, decision });
  }

  private async decideWhatIsDue(): Promise<void> {
    for (const thought of this.thoughts.filter(({ atMs }) => atMs <= this.watched.clock.now())) {
      this.thoughts.splice(this.thoughts.indexOf(thought), 1);
      const status = await decide(thought.invitation, thought.decision, 'As agreed.');
      if (status !== 200 && status !== 303) throw new Error(`A decision was answered ${status}.`);
      this.count(thought.decision);
    }
  }

  /** A document comes, changes, or goes. */
  private async document(): Promise<void> {
    const { outputs } = this.watched.stacks.stacks;
    const Bucket = outputs.DocumentsBucketName;
    const keyOf = (path: string) => `documents/acme/${path}`;
    const chance = this.random.next();
    if (this.documents.length > 3 && chance < 0.2) {
      this.count('documentDeleted');
      await this.watched.call('s3', 'DeleteObject', { Bucket, Key: keyOf(this.documents.shift()!) });
      return;
    }
    const isNew = this.documents.length === 0 || chance < 0.6;
    if (isNew) this.documents.push(`page-${(this.done.documentWritten ?? 0) + 1}.md`);
    const path = this.documents.at(isNew ? -1 : 0)!;
    this.count('documentWritten');
    const Body = `# ${path}\n\nAs of ${new Date(this.watched.clock.now()).toISOString()}, the harbour has ${this.orders} ships.`;
    await this.watched.call('s3', 'PutObject', { Bucket, Key: keyOf(path), Body });
  }

  private async quote(): Promise<void> {
    const { deployed } = this.watched.stacks.stacks;
    const { QuotesApiUrl } = Object.values(deployed).find((outputs) => outputs.QuotesApiUrl)!;
    const isUnserved = this.random.next() < 0.1;
    const request = { lines: [{ sku: 'lamp', quantity: 1 }], destination: { country: isUnserved ? 'BR' : 'DE' } };
    const { statusCode } = await this.api(QuotesApiUrl!)('POST', '/quotes', JSON.stringify(request));
    if (statusCode !== (isUnserved ? 422 : 200)) throw new Error(`A quote was answered ${statusCode}.`);
    this.count('quote');
  }

  private api(url: string) {
    const { region } = this.watched.stacks.stacks.embedded;
    return signedFetch(url, region, async () => ({ accessKeyId: 'local', secretAccessKey: 'local' }));
  }

  private count(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1;
  }
}
