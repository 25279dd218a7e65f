import type * as z from 'zod/mini';
import { requireVariable } from '../../../shared/environment';
import { describeFaults } from '../../../shared/validation/parse-input';

/** A variable that holds JSON, checked. Throws an Error that names the variable and each fault. */
export function setting<Schema extends z.ZodMiniType>(name: string, schema: Schema): z.output<Schema> {
  const value = JSON.parse(requireVariable(name));
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`The environment variable ${name} is wrong: ${describeFaults(parsed.error.issues, value)}`);
}
