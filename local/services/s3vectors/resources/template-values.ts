import { isDeepStrictEqual } from 'node:util';
import type { EncryptionRequest } from '../encryption';

/** An encryption configuration as templates spell it. */
export function encryptionOfTemplate(
  given: { readonly SseType?: string; readonly KmsKeyArn?: string } | undefined,
): EncryptionRequest | undefined {
  return given && { sseType: given.SseType, kmsKeyArn: given.KmsKeyArn };
}

/** Whether two sets of properties are alike, but for some. */
export function sameProperties(
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
  except: readonly string[],
): boolean {
  const rest = (properties: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(properties).filter(([name]) => !except.includes(name)));
  return isDeepStrictEqual(rest(one), rest(other));
}
