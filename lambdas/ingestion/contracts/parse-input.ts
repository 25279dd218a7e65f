import type * as z from 'zod/mini';
import { schemaFaults } from '../../shared/validation/schema-faults';
import { InvalidInput } from './errors';

/** The payload of a function, checked; throws InvalidInput naming each fault. */
export function parseInput<Schema extends z.ZodMiniType>(schema: Schema, payload: unknown): z.output<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(describeFaults(parsed.error.issues, payload));
}

/** The faults that a schema found, in one line fit for logs and histories. */
export function describeFaults(issues: readonly z.core.$ZodIssue[], value: unknown): string {
  return schemaFaults(issues as never, value)
    .map(({ pointer, detail }) => `${pointer || 'the input'}: ${detail}`)
    .join('; ');
}
