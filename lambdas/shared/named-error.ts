/**
 * An error whose `name` is the word that a definition's `ErrorEquals` matches. The name is a literal and not the
 * class's, since a minified bundle renames its classes.
 */
export abstract class NamedError extends Error {
  abstract override readonly name: string;
}
