/** The largest payload, in bytes of JSON in UTF-8. */
export const LARGEST_PAYLOAD_BYTES = 32 * 1024;

/** How deep a payload may be nested: people have to read it. */
export const MOST_LEVELS = 16;

/** Whether a value is an object whose lists and objects are at most MOST_LEVELS deep. */
export function isPayload(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && isWithin(value, MOST_LEVELS);
}

/** The size of a payload as JSON, whose members need no order to be counted. */
export function payloadBytes(payload: Readonly<Record<string, unknown>>): number {
  return Buffer.byteLength(JSON.stringify(payload), 'utf8');
}

function isWithin(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  return levels > 0 && Object.values(value).every((member) => isWithin(member, levels - 1));
}
