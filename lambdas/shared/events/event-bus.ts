/** An event to put on the bus. */
export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
}

/** The port to a bus. */
export interface EventBus {
  /** Puts events; gives for each whether the bus took it. Throws when the bus cannot be reached. */
  put(events: readonly BusEvent[]): Promise<boolean[]>;
}
