import type { EditableField, EditableFields } from '../../domain/editable';
import type { RequestView } from '../../domain/page-service';
import { withLineFeeds } from './submission';

/** An editable member of the payload as a field of the form. */
export interface FormField {
  /** `edit-0`: a name that no payload can choose, since browsers alter some names on their way. */
  readonly id: string;
  /** The member's name in the payload. */
  readonly name: string;
  readonly field: EditableField;
  /** The payload's value as text, unchanged. */
  readonly original: string;
}

/** The editable members as fields, in an order that depends on their names alone. */
export function formFields({ editable, payload }: Pick<RequestView, 'editable' | 'payload'>): FormField[] {
  return Object.keys(editable)
    .sort()
    .map((name, index) => ({
      id: `edit-${index}`,
      name,
      field: (editable as Record<string, EditableField>)[name]!,
      original: Object.hasOwn(payload, name) ? String(payload[name]) : '',
    }));
}

/**
 * The edits of a form by the members' names; undefined when nothing can be edited. A field that was left alone gives
 * the payload's own text back, although browsers alter line breaks and unpaired surrogates; so does one that is not in
 * the form. Undefined members of `sent` are fields that the page never showed: the answer is then `unknown`.
 */
export function editsOf(
  view: { editable: EditableFields; payload: RequestView['payload'] },
  sent: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> | undefined | 'unknown' {
  const fields = formFields(view);
  if ([...sent.keys()].some((id) => !fields.some((field) => field.id === id))) return 'unknown';
  if (fields.length === 0) return undefined;
  return Object.fromEntries(
    fields.map(({ id, name, field, original }) => {
      const choices = field.type === 'choice' ? field.choices : [];
      const text = sent.get(id) ?? original;
      return [name, [original, ...choices].find((known) => asSent(known) === asSent(text)) ?? text];
    }),
  );
}

/** A text as it arrives from a form that holds it. */
export function asSent(text: string): string {
  return withLineFeeds(Buffer.from(text, 'utf8').toString('utf8'));
}
