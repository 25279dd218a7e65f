import type * as z from 'zod/mini';
import { InvalidInput } from './invalid-input';
import { schemaFaults } from './schema-faults';

/** Fields below which people and producers write: what stands there is never repeated. */
const UNSHOWN: ReadonlySet<PropertyKey> = new Set(['customer', 'detail']);

/** The payload of a task, checked; throws InvalidInput naming each fault. */
export function parseInput<Schema extends z.ZodMiniType>(schema: Schema, payload: unknown): z.output<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(describeFaults(parsed.error.issues, payload));
}

/** The faults that a schema found, in one line fit for logs and histories. */
export function describeFaults(issues: readonly z.core.$ZodIssue[], value: unknown): string {
  return schemaFaults(issues as never, value, (path) => !path.some((part) => UNSHOWN.has(part)))
    .map(({ pointer, detail }) => `${pointer || 'the input'}: ${detail}`)
    .join('; ');
}
