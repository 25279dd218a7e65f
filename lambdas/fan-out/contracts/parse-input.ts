import type * as z from 'zod/mini';
import { schemaFaults } from '../../shared/validation/schema-faults';
import { InvalidInput, MalformedMessage } from './errors';

/** The payload of a task, checked; throws InvalidInput naming each fault. */
export function parseInput<Schema extends z.ZodMiniType>(schema: Schema, payload: unknown): z.output<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(describeFaults(parsed.error.issues, payload));
}

/** The body of a message, checked; throws MalformedMessage. */
export function parseMessage<Schema extends z.ZodMiniType>(schema: Schema, body: string): z.output<Schema> {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch (error) {
    throw new MalformedMessage(`The message is not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
  const parsed = schema.safeParse(message);
  if (parsed.success) return parsed.data;
  throw new MalformedMessage(describeFaults(parsed.error.issues, message));
}

/** The faults that a schema found, in one line fit for logs and histories; values of an event's detail are left out. */
function describeFaults(issues: readonly z.core.$ZodIssue[], value: unknown): string {
  return schemaFaults(issues as never, value, (path) => !path.includes('detail'))
    .map(({ pointer, detail }) => `${pointer || 'the input'}: ${detail}`)
    .join('; ');
}
