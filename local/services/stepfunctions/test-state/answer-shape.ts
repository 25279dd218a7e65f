/** What an API's model says of a member of its answer. */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'any'
  | { readonly values: readonly string[] }
  | { readonly minLength: number; readonly maxLength?: number }
  | { readonly listOf: Shape }
  | { readonly mapOf: Shape }
  /** `required` are the members that every answer has. */
  | { readonly members: Readonly<Record<string, Shape>>; readonly required?: readonly string[] };
