/**
 * Owns what a correlation id may be, and where one is found: the word that leads through the log lines of all functions that had
 * to do with one request, event or document. https://docs.aws.amazon.com/wellarchitected/latest/serverless-applications-lens/logging.html
 */
const CORRELATION_ID = /^[\x21-\x7e]{1,128}$/;

/** The value if it may be a correlation id: 1 to 128 visible ASCII characters, so that it fits logs and headers as it is. */
export function correlationIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && CORRELATION_ID.test(value) ? value : undefined;
}

/**
 * The correlation id of a queue's message: its own, that of the event in it, or else the id under which EventBridge sent
 * that event; of a parked delivery that of its event.
 */
export function correlationIdIn(body: string): string | undefined {
  try {
    const { correlationId, detail, event, id } = JSON.parse(body);
    return correlationIdOf(correlationId ?? detail?.correlationId ?? event?.detail?.correlationId ?? id);
  } catch {
    return undefined;
  }
}
