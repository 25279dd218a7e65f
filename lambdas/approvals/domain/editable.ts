/** A member of the payload that an approver may change, and within what. */
export type EditableField = { readonly label: string } & (
  | { readonly type: 'text'; readonly minLength?: number; readonly maxLength?: number }
  | { readonly type: 'integer' | 'number'; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
);

/** Editable members of the payload by name (first level only). */
export type EditableFields = Readonly<Record<string, EditableField>>;
