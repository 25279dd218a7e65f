/** The port to a queue that people look at. */
export interface MessageQueue {
  /** Sends a text with attributes; resolves once the queue has it. */
  send(body: string, attributes?: Readonly<Record<string, string>>): Promise<void>;
}
