/** What brings the records of one event source to its function. */
export interface Poller {
  start(): void;
  /** Takes no more records; an invocation under way ends by itself. */
  stop(): void;
}
