import type { EditableField, EditableFields } from './editable';

/** The payload after a person's edits, or what is wrong with them by member name. */
export type EditResult =
  | { readonly kind: 'payload'; readonly payload: Readonly<Record<string, unknown>>; readonly isEdited: boolean }
  | { readonly kind: 'faults'; readonly faults: readonly { readonly field: string; readonly detail: string }[] };

type Reading = { readonly value: string | number | boolean } | { readonly fault: string };

/**
 * Puts what stands in a form's fields into the payload. A field that says what the payload says is no edit, even when
 * the payload's own value lies outside the limits; a field that is not there is left as it is.
 */
export function applyEdits(
  payload: Readonly<Record<string, unknown>>,
  editable: EditableFields,
  edits: Readonly<Record<string, string>>,
): EditResult {
  const edited: Record<string, unknown> = { ...payload };
  const faults: { field: string; detail: string }[] = [];
  let isEdited = false;
  for (const [field, text] of Object.entries(edits)) {
    const spec = Object.hasOwn(editable, field) ? editable[field] : undefined;
    if (!spec) {
      faults.push({ field, detail: 'cannot be changed' });
      continue;
    }
    if (isSame(payload[field], text)) continue;
    const reading = readField(spec, text);
    if ('fault' in reading) faults.push({ field, detail: reading.fault });
    else {
      edited[field] = reading.value;
      isEdited = true;
    }
  }
  return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'payload', payload: edited, isEdited };
}

/** Whether a value has the type that its editable field says; `undefined` (absent) never has. */
export function fitsField(spec: EditableField, value: unknown): boolean {
  switch (spec.type) {
    case 'text':
      return typeof value === 'string';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && spec.choices.includes(value);
  }
}

/** Browsers send every line break of a text as CR LF. */
const lines = (text: string) => text.replace(/\r\n?/g, '\n');

function isSame(value: unknown, text: string): boolean {
  if (typeof value === 'string') return lines(value) === lines(text);
  if (typeof value === 'number') return text.trim() !== '' && Number(text) === value;
  return String(value) === text;
}

function readField(spec: EditableField, text: string): Reading {
  switch (spec.type) {
    case 'text':
      return readText(spec, lines(text));
    case 'integer':
      return /^-?\d+$/.test(text.trim()) && Number.isSafeInteger(Number(text))
        ? withinLimits(spec, Number(text))
        : { fault: 'must be a whole number' };
    case 'number':
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text.trim()) && Number.isFinite(Number(text))
        ? withinLimits(spec, Number(text))
        : { fault: 'must be a number, with a point before decimals' };
    case 'boolean':
      return text === 'true' || text === 'false' ? { value: text === 'true' } : { fault: 'must be yes or no' };
    case 'choice':
      return spec.choices.includes(text) ? { value: text } : { fault: 'must be one of the choices' };
  }
}

/** How long an edited text may be when its field says nothing. */
const LONGEST_TEXT = 2_000;

function readText(spec: Extract<EditableField, { type: 'text' }>, text: string): Reading {
  const { minLength = 0, maxLength = LONGEST_TEXT } = spec;
  if (text.length < minLength) return { fault: `must have at least ${minLength} characters` };
  if (text.length > maxLength) return { fault: `must have at most ${maxLength} characters` };
  if (/(?![\n\t])[\p{Cc}\p{Cs}]/u.test(text)) return { fault: 'must not contain control characters' };
  return { value: text };
}

function withinLimits({ minimum, maximum }: { minimum?: number; maximum?: number }, value: number): Reading {
  if (minimum !== undefined && value < minimum) return { fault: `must be at least ${minimum}` };
  if (maximum !== undefined && value > maximum) return { fault: `must be at most ${maximum}` };
  // A minus sign before zero would be lost when the payload is written as JSON.
  return { value: value === 0 ? 0 : value };
}
