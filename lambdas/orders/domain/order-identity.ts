import { contentHash } from '../../shared/content-hash';
import type { Customer } from './order';
import { mergeLines, type OrderLine } from './order-line';

/** The order id that a caller's idempotency key stands for: the same pair always gives the same id. */
export function orderIdOf(owner: string, idempotencyKey: string): string {
  return `ord-${contentHash({ owner, idempotencyKey }).slice(0, 22)}`;
}

/** A hash of what is ordered, so that the same order in another notation is recognised. */
export function orderContentHash(content: {
  lines: readonly OrderLine[];
  currency: string;
  customer?: Customer;
}): string {
  const lines = mergeLines(content.lines).sort((a, b) => (a.sku < b.sku ? -1 : 1));
  const { name, email } = content.customer ?? {};
  return contentHash({ lines, currency: content.currency, customer: { name, email } });
}
