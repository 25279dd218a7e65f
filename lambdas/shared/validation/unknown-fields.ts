import type * as z from 'zod/mini';

/** What zod keeps of a schema, as far as a field may lie below it. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
  readonly element?: z.ZodMiniType;
  readonly innerType?: z.ZodMiniType;
}

/**
 * The fields of a value that a schema does not know, as JSON pointers, each once: those of an array's elements are
 * called alike, such as `/lines/-/gift`. Nothing below a field of which the schema says nothing, and nothing of what it is.
 */
export function unknownFields(schema: z.ZodMiniType, value: unknown): string[] {
  return [...new Set(below(schema, value, ''))];
}

/** Names of fields fit for a log line: at most five, and of a name that is no word nothing but that it is there. */
export function shownFields(pointers: readonly string[]): string {
  return pointers
    .slice(0, SHOWN)
    .map((pointer) => (/^[\w./-]{1,80}$/.test(pointer) ? pointer : '?'))
    .join(' ');
}

const SHOWN = 5;

function below(schema: z.ZodMiniType, value: unknown, pointer: string): string[] {
  const { type, shape, element, innerType } = schema._zod.def as unknown as Definition;
  if (innerType) return below(innerType, value, pointer);
  if (type === 'array' && element && Array.isArray(value)) {
    return value.flatMap((item) => below(element, item, `${pointer}/-`));
  }
  if (type !== 'object' || !shape || value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const known = Object.hasOwn(shape, name) ? shape[name] : undefined;
    return known ? below(known, member, `${pointer}/${name}`) : [`${pointer}/${name}`];
  });
}
