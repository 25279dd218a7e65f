/** The message of a log event, as the filters of its group look at it: read as JSON once for all of them, and only when one asks. */
export class LogMessage {
  private isRead = false;
  private value: unknown;

  constructor(readonly text: string) {}

  /** What the message is as JSON; undefined when it is none. */
  get json(): unknown {
    if (this.isRead) return this.value;
    this.isRead = true;
    try {
      this.value = JSON.parse(this.text);
    } catch {
      this.value = undefined;
    }
    return this.value;
  }
}
