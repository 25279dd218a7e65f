import type { Fault } from './fault';
import { pointer } from './pointer';
import { shownValue } from './shown-value';

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string;
  readonly keys?: readonly string[];
}

/** At most this many faults are reported at once. */
const REPORTED_ERRORS = 20;

/**
 * The faults that a schema found in a value, each with a pointer, what is wrong, and the bad value unless `isShown`
 * says that what stands at its path is not to be repeated.
 */
export function schemaFaults(
  issues: readonly Issue[],
  value: unknown,
  isShown: (path: readonly PropertyKey[]) => boolean = () => true,
): Fault[] {
  return issues.slice(0, REPORTED_ERRORS).flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      return (issue.keys ?? []).slice(0, REPORTED_ERRORS).map((key) => ({
        pointer: pointer([...issue.path, key.slice(0, 64)]),
        detail: 'is not a known field; remove it',
      }));
    }
    const got = isShown(issue.path) ? `; got ${shownValue(valueAt(value, issue.path))}` : '';
    return [{ pointer: pointer(issue.path), detail: `${issue.message}${got}` }];
  });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part], value);
}
