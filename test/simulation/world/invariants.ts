import { isOrderEnd } from '../../../lambdas/orders/contracts/names';
import { type OrderEndState, readEnd, type Violation, type WorldEnd } from './findings';
import type { OrdersWorld, WorldExecution } from './orders-world';

/** What the undo of each step leaves when there was something to undo, in the order in which they must run. */
const UNDO_EFFECTS = { CancelShipment: 'cancelled', RefundPayment: 'refunded', ReleaseStock: 'stock released' };

type Check<T> = (subject: T) => string | false | undefined;

/** Invariants of each order; a check gives what is wrong, if anything is. */
const OF_ORDERS: Readonly<Record<string, Check<OrderEndState>>> = {
  'every execution ends': ({ executions }) => {
    const running = executions.filter(({ status }) => status === 'RUNNING').map(({ name }) => name);
    return running.length > 0 && `${running.join(', ')} still run`;
  },
  'an order that was started has one of the four ends': ({ row, executions }) =>
    executions.length > 0 && !isOrderEnd(row?.status) && `its row has the status ${row?.status}`,
  'the row is what the last execution with a say has said': ({ row, executions }) => {
    const last = executions.filter((execution) => saidBy(execution) !== undefined).at(-1);
    if (!last || saidBy(last) === row?.status) return false;
    // It could not learn of an end that a write of unknown outcome, its own or a dead execution's, has given the order:
    // a person is told in vain, and the invariants of that end hold all the same.
    const isOnlyUnaware = last.error === 'OrderNeedsReview';
    return (
      !(isOnlyUnaware && isOrderEnd(row?.status)) && `${last.name} said ${saidBy(last)}, the row says ${row?.status}`
    );
  },
  'an end is never changed': ({ effects }) => {
    const statuses = effects.filter((what) => what.startsWith('status ')).map((what) => what.slice('status '.length));
    const changed = statuses.findIndex((_, index) => isOrderEnd(statuses[index - 1]));
    return changed > 0 && `${statuses[changed - 1]} became ${statuses[changed]}`;
  },
  'captured less refunded is nothing or the total': ({ payment, totalCents, effects }) =>
    payment?.state === 'captured' && payment.amountCents !== totalCents
      ? `captured ${payment.amountCents} of ${totalCents} cents`
      : count(effects, 'captured') - count(effects, 'refunded') < 0 && 'more was refunded than captured',
  'no charge is live on an order that is neither confirmed nor in review': ({ row, payment }) =>
    payment?.state === 'captured' && !mayBeLive(row) && `the payment is captured, the order ${row?.status}`,
  'no shipment is live on an order that is neither confirmed nor in review': ({ row, shipment }) =>
    shipment?.state === 'booked' && !mayBeLive(row) && `the shipment is booked, the order ${row?.status}`,
  'a large order is charged only once it was approved': ({ needsApproval, approval, effects }) => {
    const captured = effects.indexOf('captured');
    if (!needsApproval || captured < 0) return false;
    const approved = effects.indexOf('decided approve');
    return (approved < 0 || approved > captured) && `captured, and the answer was to ${approval.answer}`;
  },
  'nobody is asked about a small order, nor twice about a large one': ({ needsApproval, effects }) =>
    count(effects, 'asked') > (needsApproval ? 1 : 0) && effects.join(', '),
  'an order is undone for the reason that its approver gave': ({ row, approval, effects }) => {
    const reasons: Partial<Record<string, string>> = { reject: 'ApprovalRejected', expire: 'ApprovalExpired' };
    const given = Object.values(reasons).includes(row?.reason);
    return given && reasons[approval.answer] !== row?.reason && `${row?.reason}: ${effects.join(', ')}`;
  },
  'a charge that was refused for its approval was reported': ({ row, effects }) =>
    row?.reason === 'ApprovalMismatch' && !effects.includes('refusal reported') && effects.join(', '),
  'an order holds stock only in review': ({ row }) =>
    row?.reservation === 'held' && row.status !== 'OrderNeedsReview' && `it is ${row.status} and holds stock`,
  'each step has at most one effect and one undo': ({ effects }) => {
    const once = ['captured', 'refunded', 'booked', 'cancelled', 'stock held', 'stock released', 'stock sold'];
    const repeated = once.filter((what) => count(effects, what) > 1);
    return repeated.length > 0 && `more than once: ${repeated.join(', ')}`;
  },
  'undos run in reverse order': ({ effects, executions }) => {
    // An undo that failed is not waited for; a second execution, if there is one, makes up for it later.
    if (executions.length > 1) return false;
    const owed = executions.flatMap(owedBy);
    const order = Object.entries(UNDO_EFFECTS)
      .filter(([step]) => !owed.includes(step))
      .map(([, what]) => effects.indexOf(what))
      .filter((at) => at >= 0);
    return order.some((at, index) => index > 0 && at < order[index - 1]!) && effects.join(', ');
  },
  'a confirmed order is captured, booked and sold': ({ row, payment, shipment }) =>
    row?.status === 'OrderConfirmed' &&
    (payment?.state !== 'captured' || shipment?.state !== 'booked' || row.reservation !== 'sold') &&
    `payment ${payment?.state}, shipment ${shipment?.state}, stock ${row.reservation}`,
  'to a rejected order nothing was done': ({ row, effects }) =>
    row?.status === 'OrderRejected' &&
    ['captured', 'booked', 'stock held'].some((what) => effects.includes(what)) &&
    effects.join(', '),
  'an order in review has its message, with an execution of its own': ({ row, reviews, executions }) => {
    if (row?.status !== 'OrderNeedsReview') return false;
    const arns = executions.map(({ executionArn }) => executionArn);
    const isParked = reviews.some(({ executionArn }) => arns.includes(executionArn));
    const couldNotPark = executions.some((execution) => owedBy(execution).includes('ParkOrder'));
    return !isParked && !couldNotPark && `${reviews.length} messages, none of its executions`;
  },
  'the message names what the execution owes': ({ reviews, executions }) => {
    for (const { executionArn, undoFailures } of reviews) {
      const execution = executions.find((other) => other.executionArn === executionArn);
      if (execution?.error !== 'OrderNeedsReview') continue;
      const owed = owedBy(execution).filter((step) => step !== 'ParkOrder');
      const told = undoFailures.map(({ step }: { step: string }) => step);
      if (told.join() !== owed.join()) return `parked with ${told.join(', ')}, but owed ${owed.join(', ')}`;
    }
    return false;
  },
  'the undos that could run did': (order) => {
    const last = order.executions.filter(({ error }) => error === 'OrderNeedsReview').at(-1);
    if (!last || order.row?.status !== 'OrderNeedsReview') return false;
    const owed = owedBy(last);
    // Without CancelOrder nothing may be undone; an order that could not be rejected never had anything.
    if (owed.includes('CancelOrder')) return false;
    const left = [
      !owed.includes('CancelShipment') && order.shipment?.state === 'booked' && 'a shipment',
      !owed.includes('RefundPayment') && order.payment?.state === 'captured' && 'a charge',
      !owed.includes('ReleaseStock') && order.row.reservation === 'held' && 'stock',
    ].filter((what) => what !== false);
    return left.length > 0 && `left ${left.join(' and ')}, owing only ${owed.join(', ')}`;
  },
};

/** Invariants of an order whose name was used before: nothing is its own. */
const OF_TAKEN_ORDERS: Readonly<Record<string, Check<OrderEndState>>> = {
  'every execution ends': OF_ORDERS['every execution ends']!,
  'the row of another run is left as it is': ({ row }) => {
    const isAsBefore = row?.status === 'OrderConfirmed' && row.owner === 'before' && row.reservation === undefined;
    return !isAsBefore && JSON.stringify(row);
  },
  'nothing is done to the order of another run': ({ effects, payment, shipment }) =>
    (payment !== undefined || shipment !== undefined || effects.includes('stock held')) && effects.join(', '),
};

/** Invariants of the whole. */
const OF_WORLDS: Readonly<Record<string, Check<WorldEnd>>> = {
  'on hand, held and sold are constant and never negative': ({ world, stock }) => {
    const wrong = world.plan.products.filter(({ sku, onHand }) => {
      const row = stock.find((other) => other.sku === sku)!;
      return row.onHand + row.held + row.sold !== onHand || Math.min(row.onHand, row.held, row.sold) < 0;
    });
    return wrong.length > 0 && JSON.stringify(stock);
  },
  'what is held and sold is what the orders say': ({ stock, orders }) => {
    const sum = (sku: string, reservation: string) =>
      [...orders.values()]
        .filter(({ row }) => row?.reservation === reservation)
        .reduce((total, { quantities }) => total + (quantities.get(sku) ?? 0), 0);
    const wrong = stock.filter(({ sku, held, sold }) => held !== sum(sku, 'held') || sold !== sum(sku, 'sold'));
    return wrong.length > 0 && JSON.stringify(wrong);
  },
  'no message of an order is lost': ({ world, orders }) => {
    const parked = new Set(world.orderQueue.deadLetters.map((body) => JSON.parse(body).detail.orderId));
    const lost = [...orders.values()].filter(
      ({ orderId, executions }) => executions.length === 0 && !parked.has(orderId),
    );
    if (world.rejected.length > 0) return `valid orders were rejected: ${world.rejected.join(', ')}`;
    return lost.length > 0 && lost.map(({ orderId }) => orderId).join(', ');
  },
  'nothing meets a defect': ({ world }) => {
    const defects = world.trace.lines.filter((line) => /"errorType":"(Type|Reference|Syntax|Range)Error"/.test(line));
    const found = [...world.warnings, ...defects];
    return found.length > 0 && found.join('\n');
  },
};

/** The invariants that do not hold at the end of a world, each with what was found. */
export async function violationsOf(world: OrdersWorld): Promise<Violation[]> {
  const end = await readEnd(world);
  const violations: Violation[] = [];
  // An order whose status event lies in the dead-letter queue waits for a person, and an alarm says so.
  const waiting = new Set(world.recoveryQueue.deadLetters.map((body) => orderOf(JSON.parse(body).detail.name)));
  for (const order of end.orders.values()) {
    if (waiting.has(order.orderId)) continue;
    for (const [invariant, check] of Object.entries(order.isTaken ? OF_TAKEN_ORDERS : OF_ORDERS)) {
      const detail = check(order);
      if (detail) violations.push({ invariant, detail: `${order.orderId}: ${detail}` });
    }
  }
  for (const [invariant, check] of Object.entries(OF_WORLDS)) {
    const detail = check(end);
    if (detail) violations.push({ invariant, detail });
  }
  return violations;
}

function mayBeLive(row: Record<string, any> | undefined): boolean {
  return row?.status === 'OrderConfirmed' || row?.status === 'OrderNeedsReview';
}

function count(effects: readonly string[], what: string): number {
  return effects.filter((effect) => effect === what).length;
}

/** The end that an execution claims for its order, if it claims one. */
function saidBy({ status, output, error }: WorldExecution): string | undefined {
  if (status === 'SUCCEEDED') return JSON.parse(output ?? '{}').status;
  return error === 'OrderNeedsReview' ? error : undefined;
}

/** The undos that an execution could not do, as its cause tells. */
function owedBy({ error, cause }: WorldExecution): string[] {
  if (error !== 'OrderNeedsReview') return [];
  return JSON.parse(cause ?? '{}').undoFailures.map(({ step }: { step: string }) => step);
}

function orderOf(executionName: string): string {
  return executionName.split('.')[0]!;
}
