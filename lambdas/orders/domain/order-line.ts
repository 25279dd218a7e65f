import { LARGEST_QUANTITY } from '../contracts/fields';
import { QuantityTooLarge } from './order-refusals';

/** Pieces of one product. */
export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
}

/** Pieces of one product at the price they are sold for. */
export interface PricedLine extends OrderLine {
  readonly unitPriceCents: number;
}

/**
 * Lines in which each product appears once, within what one order may ask for. Throws QuantityTooLarge, so that
 * splitting a line does not get round the limit.
 */
export function mergeOrderLines(lines: readonly OrderLine[]): OrderLine[] {
  const merged = mergeLines(lines);
  const tooLarge = merged.find(({ quantity }) => quantity > LARGEST_QUANTITY);
  if (tooLarge) throw new QuantityTooLarge(tooLarge.sku, tooLarge.quantity, LARGEST_QUANTITY);
  return merged;
}

/** Lines in which each product appears once, its quantities summed, in the order of first mention. */
export function mergeLines(lines: readonly OrderLine[]): OrderLine[] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }));
}

/** Lines with the prices of a catalogue (cents by product), their total, and the products that it does not know. */
export function priceLines(
  lines: readonly OrderLine[],
  catalogue: ReadonlyMap<string, number>,
): { lines: PricedLine[]; totalCents: number; unknownSkus: string[] } {
  const priced: PricedLine[] = [];
  const unknownSkus: string[] = [];
  for (const line of lines) {
    const unitPriceCents = catalogue.get(line.sku);
    if (unitPriceCents === undefined) unknownSkus.push(line.sku);
    else priced.push({ ...line, unitPriceCents });
  }
  const totalCents = priced.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0);
  return { lines: priced, totalCents, unknownSkus };
}
