/** The port to a queue. */
export interface MessageQueue {
  /** Sends a text with attributes; resolves once the queue has it. */
  send(body: string, attributes?: Readonly<Record<string, string>>): Promise<void>;
}
