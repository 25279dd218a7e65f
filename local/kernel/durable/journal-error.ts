/** A data directory that cannot be used, in words for whoever started the process. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}
