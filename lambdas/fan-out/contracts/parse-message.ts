import type * as z from 'zod/mini';
import { describeFaults } from '../../shared/validation/parse-input';
import { MalformedMessage } from './errors';

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
