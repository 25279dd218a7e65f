/** A pattern that cannot be read; the message is AWS's own. Each service gives it its own error code. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}
