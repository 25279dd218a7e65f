import { setTimeout as pause } from 'node:timers/promises';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { readChainEnds } from '../../../bin/commands/audit/read-audit';
import { verifyAudit } from '../../../bin/commands/audit/verify-audit';
import { decide, Inbox } from '../../../bin/commands/demo/inbox';
import { Shop } from '../../../bin/commands/demo/shop';
import type { ApprovalsOutputs, OrdersOutputs } from '../../../bin/commands/outputs-file';
import { isOrderEnd } from '../../../lambdas/orders/contracts/names';
import type { Random } from '../../../local/kernel/random';
import type { CutShort } from './cut-short';
import { DeadLetters } from './dead-letters';
import { insist, Refused } from './insist';
import type { MortalAws } from './mortal-aws';
import { queueDepth } from './queue-depth';

const SKU = 'lamp';
const DEAR_SKU = 'crown';
const RARE_SKU = 'unicorn';
/** Of each product, so many that they last. */
const ON_HAND = 1_000_000;
/** More than the stages let through without asking somebody. */
const DEAR_CENTS = 250_000;

const SHORT_ROUNDS = 40;
const LONG_ROUNDS = 30;
const DAY_MS = 24 * 3600 * 1000;

/** How the carrier and the payment provider treat an order. */
const KINDS = ['plain', 'plain', 'plain', 'carrierDeclines', 'paymentTimesOut', 'outOfStock', 'asked'] as const;

interface Placed {
  readonly orderId: string;
  readonly kind: (typeof KINDS)[number];
  readonly quantity: number;
}

/** Orders of all kinds, placed by a client that does not give up, and what must be true of them in the end. */
export class OrdersUnderWay {
  readonly placed: Placed[] = [];
  private readonly shop: Shop;
  private readonly approvals: ApprovalsOutputs;
  private readonly placing: Promise<void>[] = [];
  private readonly deadLetters: DeadLetters;

  constructor(
    private readonly aws: MortalAws,
    private readonly random: Random,
    cutShort: CutShort,
  ) {
    const outputs = Object.values(aws.outputs).find((stack) => stack.OrdersMachineArn) as unknown as OrdersOutputs;
    this.shop = new Shop(outputs);
    this.deadLetters = new DeadLetters(aws, this.shop.sqs, outputs.OrderQueueUrl, cutShort);
    this.approvals = Object.values(aws.outputs).find((stack) => stack.ApprovalsApiUrl) as unknown as ApprovalsOutputs;
  }

  async stock(): Promise<void> {
    await this.shop.addProduct({ sku: SKU, name: 'Lamp', unitPriceCents: 4900, onHand: ON_HAND });
    await this.shop.addProduct({ sku: DEAR_SKU, name: 'Crown', unitPriceCents: DEAR_CENTS, onHand: ON_HAND });
    await this.shop.addProduct({ sku: RARE_SKU, name: 'Unicorn', unitPriceCents: 100, onHand: 0 });
  }

  /** Begins to place an order; it is accepted some time later, maybe by a later process. */
  place(): void {
    const kind = KINDS[Math.floor(this.random.next() * KINDS.length)]!;
    const quantity = 1 + Math.floor(this.random.next() * 3);
    const order = { orderId: `${kind}-${this.placed.length + 1}`, kind, quantity };
    this.placed.push(order);
    const isByApi = this.random.next() < 0.5;
    const accepted = this.accept(order, isByApi);
    // Whoever settles is told of what failed.
    accepted.catch(() => undefined);
    this.placing.push(accepted);
  }

  /** Waits until every order has been accepted and has come to its end, those that were parked too; time leaps over what is waited for. */
  async settle(): Promise<void> {
    await Promise.all(this.placing);
    await this.finish();
    if ((await this.deadLetters.redrive()) > 0) await this.finish();
  }

  private async finish(): Promise<void> {
    const inbox = await insist(async () => (await Inbox.find(this.aws.url))!);
    for (const { orderId, kind } of this.placed) if (kind === 'asked') await this.answer(inbox, orderId);
    for (let round = 0; round < SHORT_ROUNDS + LONG_ROUNDS; round++) {
      await pause(500);
      const open = await this.open();
      if (open.length === 0) return;
      // What a killed process had taken from a queue comes back; what it had begun is tried again. A question that nobody was
      // asked, since its message was parked, is answered by its expiry.
      this.aws.leap(round < SHORT_ROUNDS ? 60_000 : DAY_MS);
    }
  }

  /** What is not as it must be, whatever was killed when. */
  async violations(): Promise<string[]> {
    const found = [...this.deadLetters.doubts];
    const sold = new Map<string, number>();
    for (const { orderId, kind, quantity } of this.placed) {
      const [row, payment, shipment] = await Promise.all([
        this.shop.order(orderId),
        this.shop.payment(orderId),
        this.shop.shipment(orderId),
      ]);
      const check = (isTrue: boolean, what: string) => {
        if (!isTrue) found.push(`${orderId}: ${what}: ${JSON.stringify({ row, payment, shipment })}`);
      };
      const { status } = row ?? {};
      check(isOrderEnd(status), 'has no end');
      check((payment?.captures ?? 0) <= 1 && (payment?.refunds ?? 0) <= 1, 'was paid or refunded twice');
      const mayBeLive = status === 'OrderConfirmed' || status === 'OrderNeedsReview';
      check(mayBeLive || payment?.state !== 'captured', 'was charged and not delivered');
      check(mayBeLive || shipment?.state !== 'booked', 'was shipped and not charged');
      check(status === 'OrderNeedsReview' || row?.reservation !== 'held', 'holds stock');
      if (status === 'OrderConfirmed') {
        check(payment?.state === 'captured' && shipment?.state === 'booked', 'is confirmed and not done');
        check(kind !== 'carrierDeclines' && kind !== 'outOfStock', 'is confirmed and could not be');
        const sku = skuOf(kind);
        sold.set(sku, (sold.get(sku) ?? 0) + quantity);
      }
    }
    for (const sku of [SKU, DEAR_SKU]) {
      const product = await this.shop.product(sku);
      const { onHand, held, sold: gone } = product!;
      if (onHand + held + gone !== ON_HAND || gone !== (sold.get(sku) ?? 0)) {
        found.push(`${sku}: confirmed ${sold.get(sku)}: ${JSON.stringify(product)}`);
      }
    }
    const { ApprovalsTableName: approvals, ApprovalAuditTableName: audit } = this.approvals;
    const { breaks } = await verifyAudit(this.shop.dynamodb, audit, () => readChainEnds(this.shop.dynamodb, approvals));
    for (const { requestId, what } of breaks) found.push(`the audit trail of ${requestId} ${what}`);
    for (const execution of await this.running()) found.push(`${execution} still runs`);
    return found;
  }

  /** How many orders came to each end, and how many messages had been parked on the way. */
  async ends(): Promise<Record<string, number>> {
    const ends: Record<string, number> = { parked: this.deadLetters.found };
    for (const { orderId } of this.placed) {
      const status = (await this.shop.order(orderId))?.status ?? 'lost';
      ends[status] = (ends[status] ?? 0) + 1;
    }
    return ends;
  }

  close(): void {
    this.shop.close();
  }

  private async accept({ orderId, kind, quantity }: Placed, isByApi: boolean): Promise<void> {
    if (kind === 'carrierDeclines') await insist(() => this.shop.fault(orderId, 'book', 'decline'));
    if (kind === 'paymentTimesOut') {
      await insist(() => this.shop.fault(orderId, 'charge', 'timeoutAfterEffect', { remaining: 1 }));
    }
    const order = { orderId, lines: [{ sku: skuOf(kind), quantity }] };
    await insist(async () => {
      if (!isByApi) return this.shop.publish([order]);
      const { statusCode, body } = await this.shop.place(order);
      // 409: an earlier try was accepted, and its answer was lost.
      if (statusCode === 202 || statusCode === 409) return;
      const what = `${statusCode} ${JSON.stringify(body)}`;
      throw statusCode < 500 && statusCode !== 429 ? new Refused(what) : new Error(what);
    });
  }

  private async answer(inbox: Inbox, orderId: string): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      const status = (await this.shop.order(orderId))?.status;
      if (isOrderEnd(status)) return;
      const invitation = await inbox.invitation(orderId, 1000).catch(() => undefined);
      if (invitation) {
        await decide(invitation, this.random.next() < 0.5 ? 'approve' : 'reject', 'because');
        return;
      }
      this.aws.leap(60_000);
    }
  }

  private async open(): Promise<string[]> {
    const waiting = await queueDepth(this.shop.sqs, this.shop.outputs.OrderQueueUrl);
    return [...Array.from({ length: waiting }, () => 'a message'), ...(await this.running())];
  }

  private async running(): Promise<string[]> {
    const found: string[] = [];
    for (const stateMachineArn of [this.shop.outputs.OrdersMachineArn, this.shop.outputs.UndoMachineArn]) {
      const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' });
      const { executions = [] } = await this.shop.sfn.send(command);
      found.push(...executions.map(({ name }) => name!));
    }
    return found;
  }
}

function skuOf(kind: Placed['kind']): string {
  if (kind === 'outOfStock') return RARE_SKU;
  return kind === 'asked' ? DEAR_SKU : SKU;
}
