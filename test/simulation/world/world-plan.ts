import { SeededRandom } from '../../../local/kernel/random';

/** A product and its stock at the beginning. */
export interface PlannedProduct {
  readonly sku: string;
  readonly onHand: number;
  readonly unitPriceCents: number;
}

/** An order and when its event arrives, once or several times. */
export interface PlannedOrder {
  readonly orderId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** Milliseconds after the world began; more than one for a repeated event. */
  readonly arrivalsMs: readonly number[];
  /**
   * The row that stands before the event arrives: that of an accepted order, as after `POST /orders`, or that of an
   * order of the same name which was confirmed long ago.
   */
  readonly standing: 'none' | 'accepted' | 'confirmed';
  /** What comes of asking for its approval, if it needs one. */
  readonly approval: PlannedApproval;
}

/**
 * What an approver says, and how long that takes. `mismatch`: something else was approved than was asked. `silence`: not
 * even the expiry is told.
 */
export interface PlannedApproval {
  readonly answer: 'approve' | 'reject' | 'expire' | 'mismatch' | 'silence';
  readonly afterMs: number;
}

/** A row of the faults table. */
export interface PlannedFault {
  readonly scope: string;
  readonly operation: string;
  readonly fault: string;
  readonly remaining?: number;
  readonly delayMilliseconds?: number;
}

/** A time in which every call of one target fails. */
export interface Outage {
  /** `dynamodb`, `sqs`, `states`, or a function such as `RefundPayment`. */
  readonly target: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** All that is decided before a world begins; what follows from it and the seed is the same each time. */
export interface WorldPlan {
  readonly seed: number;
  readonly products: readonly PlannedProduct[];
  readonly orders: readonly PlannedOrder[];
  readonly providerFaults: readonly PlannedFault[];
  /** How likely a call meets a fault, while `faultBudget` lasts and `quietAfterMs` has not come. */
  readonly faultRate: number;
  readonly faultBudget: number;
  readonly quietAfterMs: number;
  /** Whether the fault of a write is always that it lands late, after whoever sent it has given up. */
  readonly hasLateWrites: boolean;
  /** Whether executions are stopped while their confirmation is under way, which is slow. */
  readonly stopsAtPivot: boolean;
  readonly outages: readonly Outage[];
  /** When `StopExecution` is called for an order's newest execution. */
  readonly stops: readonly { readonly orderId: string; readonly atMs: number }[];
  readonly machineTimeoutSeconds: { readonly orders: number; readonly undo: number };
  readonly transactionMilliseconds: number;
  /**
   * How likely the status event of an execution that died is lost. In a world that loses some, the reconciliation runs; in
   * the others nothing but status events may bring orders to their end.
   */
  readonly lostEvents: number;
}

const OPERATIONS = ['charge', 'refund', 'lookupPayment', 'book', 'cancel', 'lookupShipment', 'releaseStock'];
const FAULTS = ['decline', 'errorBeforeEffect', 'timeoutAfterEffect', 'slow', 'throttled'];
const FUNCTIONS = ['ChargePayment', 'ShipOrder', 'RefundPayment', 'CancelShipment', 'ReleaseStock'];
const STAGE_TIMEOUT_SECONDS = 3600;

/** Draws from a seeded source. */
export class Dice {
  constructor(private readonly random: SeededRandom) {}

  /** True with probability `p`. */
  chance(p: number): boolean {
    return this.random.next() < p;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.random.next() * (high - low + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random.next() * items.length)] as T;
  }

  /** So many draws of `make`. */
  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }
}

/** The world of a seed: some are calm, most are not. */
export function planWorld(seed: number): WorldPlan {
  const dice = new Dice(new SeededRandom(`plan ${seed}`));
  const products = dice.times(dice.between(1, 3), (index) => ({
    sku: `SKU-${index + 1}`,
    onHand: dice.between(0, dice.pick([3, 8, 20])),
    unitPriceCents: dice.between(1, 50) * 100,
  }));
  const approvers = new Dice(new SeededRandom(`approvers ${seed}`));
  const orders = dice.times(dice.between(1, 6), (index) => ({
    ...planOrder(dice, `s${seed}-${index + 1}`, products),
    approval: planApproval(approvers),
  }));
  const aim = () => (dice.chance(0.2) ? '*' : dice.pick(orders).orderId);
  return {
    seed,
    products,
    orders,
    providerFaults: [
      ...(dice.chance(0.5) ? dice.times(dice.between(1, 4), () => planFault(dice, aim())) : []),
      ...(dice.chance(0.12) ? planRefusedUndo(dice, aim()) : []),
    ],
    faultRate: dice.pick([0, 0.02, 0.05, 0.1, 0.2, 0.35]),
    faultBudget: dice.between(1, 60),
    quietAfterMs: dice.between(1, 240) * 1000,
    hasLateWrites: dice.chance(0.2),
    stopsAtPivot: dice.chance(0.05),
    outages: dice.chance(0.25) ? dice.times(dice.between(1, 2), () => planOutage(dice)) : [],
    stops: dice.chance(0.35)
      ? dice.times(dice.between(1, 3), () => ({
          orderId: dice.pick(orders).orderId,
          atMs: dice.between(0, dice.pick([4_000, 60_000])),
        }))
      : [],
    machineTimeoutSeconds: {
      orders: dice.chance(0.2) ? dice.pick([1, 3, 10, 30]) : STAGE_TIMEOUT_SECONDS,
      undo: dice.chance(0.15) ? dice.pick([1, 5, 25]) : STAGE_TIMEOUT_SECONDS,
    },
    transactionMilliseconds: dice.pick([1, 3, 10, 40]),
    lostEvents: planLostEvents(new Dice(new SeededRandom(`events ${seed}`))),
  };
}

/** The same world without anything that ends executions from outside. */
export function withoutStops(plan: WorldPlan): WorldPlan {
  const machineTimeoutSeconds = { orders: STAGE_TIMEOUT_SECONDS, undo: STAGE_TIMEOUT_SECONDS };
  return { ...plan, stops: [], stopsAtPivot: false, machineTimeoutSeconds };
}

function planLostEvents(dice: Dice): number {
  return dice.chance(0.25) ? dice.pick([0.5, 1, 1]) : 0;
}

function planApproval(dice: Dice): PlannedApproval {
  const answers = ['approve', 'approve', 'approve', 'reject', 'expire', 'mismatch', 'silence'] as const;
  return { answer: dice.pick(answers), afterMs: dice.between(1, dice.pick([1_000, 60_000, 600_000])) };
}

function planOrder(dice: Dice, orderId: string, products: readonly PlannedProduct[]): Omit<PlannedOrder, 'approval'> {
  const skus = products.filter(() => dice.chance(0.6)).map(({ sku }) => sku);
  const at = dice.between(0, dice.pick([50, 2_000]));
  return {
    orderId,
    lines: (skus.length > 0 ? skus : [products[0]!.sku]).map((sku) => ({ sku, quantity: dice.pick([1, 1, 2, 3]) })),
    arrivalsMs: [at, ...(dice.chance(0.3) ? dice.times(dice.between(1, 2), () => at + dice.between(0, 20_000)) : [])],
    standing: dice.chance(0.4) ? 'accepted' : dice.chance(0.04) ? 'confirmed' : 'none',
  };
}

function planFault(dice: Dice, scope: string): PlannedFault {
  const fault = dice.pick(FAULTS);
  const isForGood = dice.chance(0.35);
  return {
    scope,
    operation: dice.pick(OPERATIONS),
    fault,
    ...(isForGood ? {} : { remaining: dice.between(1, 4) }),
    ...(fault === 'slow' ? { delayMilliseconds: dice.pick([100, 1_500, 3_000, 12_000]) } : {}),
  };
}

/** A step that fails and an undo that is refused, both for good: an order for a person. */
function planRefusedUndo(dice: Dice, scope: string): PlannedFault[] {
  return [
    { scope, operation: dice.pick(['charge', 'book']), fault: dice.pick(['decline', 'timeoutAfterEffect']) },
    { scope, operation: dice.pick(['refund', 'cancel', 'releaseStock']), fault: 'decline' },
  ];
}

function planOutage(dice: Dice): Outage {
  const fromMs = dice.between(0, 20_000);
  return {
    target: dice.pick(['dynamodb', 'sqs', 'states', ...FUNCTIONS]),
    fromMs,
    toMs: fromMs + dice.between(1, 90) * 1000,
  };
}
