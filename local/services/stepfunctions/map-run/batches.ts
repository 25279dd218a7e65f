import type { Json } from '../../../engine/contract';
import type { Plan } from './map-run-plan';

/** What one child begins with. */
export interface Batch {
  readonly input: Json;
  readonly items: number;
}

/** The largest input of an execution. */
const LARGEST_INPUT_BYTES = 262144;

/**
 * Each item alone, or with an ItemBatcher as many as fit: `{BatchInput?, Items}`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
 */
export async function* batchesOf(plan: Plan, items: AsyncIterable<Json>): AsyncGenerator<Batch> {
  const { batcher } = plan;
  if (!batcher) {
    for await (const item of items) yield { input: item, items: 1 };
    return;
  }
  const mostItems = batcher.maxItems || Number.POSITIVE_INFINITY;
  const mostBytes = Math.min(batcher.maxInputBytes || LARGEST_INPUT_BYTES, LARGEST_INPUT_BYTES);
  const frame: Record<string, Json> = batcher.batchInput === undefined ? {} : { BatchInput: batcher.batchInput };
  const frameBytes = Buffer.byteLength(JSON.stringify({ ...frame, Items: [] }));
  let batch: Json[] = [];
  let bytes = frameBytes;
  for await (const item of items) {
    const itemBytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (batch.length > 0 && (batch.length >= mostItems || bytes + itemBytes > mostBytes)) {
      yield { input: { ...frame, Items: batch }, items: batch.length };
      batch = [];
      bytes = frameBytes;
    }
    batch.push(item);
    bytes += itemBytes;
  }
  if (batch.length > 0) yield { input: { ...frame, Items: batch }, items: batch.length };
}
