import type { Json } from './json';

/**
 * A value that passes from state to state, with its JSON text. The text is made once and shared by every history event
 * that shows the value.
 */
export interface Payload {
  readonly value: Json;
  readonly text: string;
  /** Longer than a state may hand on; found out once, so that states which hand it on unchanged cost the same. */
  readonly isTooLarge: boolean;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: 256 KiB of UTF-8. */
export const PAYLOAD_LIMIT_BYTES = 262_144;

/** Wraps a value; its text is compact JSON, as AWS writes state output. */
export function payloadOf(value: Json): Payload {
  const text = JSON.stringify(value);
  return { value, text, isTooLarge: exceedsPayloadLimit(text) };
}

/** Wraps JSON text as it stands; `value` is what it says, where that is known. */
export function payloadOfText(text: string, value: Json = JSON.parse(text) as Json): Payload {
  return { value, text, isTooLarge: exceedsPayloadLimit(text) };
}

/** True when the text is longer in UTF-8 than a state may hand on. */
export function exceedsPayloadLimit(text: string): boolean {
  // No UTF-16 unit takes more than three bytes: most texts need no count.
  return text.length * 3 > PAYLOAD_LIMIT_BYTES && Buffer.byteLength(text) > PAYLOAD_LIMIT_BYTES;
}
