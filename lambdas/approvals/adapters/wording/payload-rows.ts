import { visibleLine, visibleText } from './visible-text';

/** One value of a payload, ready to be shown. Texts are made visible, but not escaped. */
export interface PayloadRow {
  /** The first member's name as it stands in the payload. */
  readonly member: string;
  /** Where the value stands: `customer › city`, `lines › #2 › sku`. */
  readonly path: string;
  readonly text: string;
}

/**
 * A payload as one row for each value, in its own order. A text that could be taken for a number, a truth value or one
 * of our own words stands in quotes, and so does a name that could be taken for a path.
 */
export function payloadRows(payload: Readonly<Record<string, unknown>>): PayloadRow[] {
  return Object.entries(payload).flatMap(([member, value]) =>
    rowsOf(value, shownName(member)).map((row) => ({ member, ...row })),
  );
}

/** A single value as payloadRows shows it. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return LOOKS_LIKE_SOMETHING_ELSE.test(value) ? quoted(value) : visibleText(value);
  if (value === null) return '(null)';
  if (Array.isArray(value)) return '(empty list)';
  if (typeof value === 'object') return '(empty object)';
  return String(value);
}

function rowsOf(value: unknown, path: string): { path: string; text: string }[] {
  const members =
    value !== null && typeof value === 'object'
      ? Object.entries(value).map(([name, member]) => ({
          path: `${path} › ${Array.isArray(value) ? `#${Number(name) + 1}` : shownName(name)}`,
          member,
        }))
      : [];
  if (members.length === 0) return [{ path, text: shownValue(value) }];
  return members.flatMap((inner) => rowsOf(inner.member, inner.path));
}

/** Empty, with space at an end, quoted, bracketed, or read by JSON as something that is not a text. */
const LOOKS_LIKE_SOMETHING_ELSE = /^$|^\s|\s$|^["(]|^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

function shownName(name: string): string {
  return /^$|^\s|\s$|^["#]|›/.test(name) ? visibleLine(quoted(name)) : visibleLine(name);
}

function quoted(text: string): string {
  return visibleText(`"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
}
