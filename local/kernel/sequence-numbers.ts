/** The least of twenty digits, so that numbers compare as text, too. */
const LEAST = 10n ** 19n;
/** Room for the messages of one millisecond. */
const PER_MS = 65_536n;

/** Gives the messages of FIFO queues and topics their numbers: twenty digits, each greater than all before. */
export class SequenceNumbers {
  private last = 0n;

  /** The number of a message that is sent at `nowMs`. */
  next(nowMs: number): string {
    const ofNow = LEAST + BigInt(Math.floor(nowMs)) * PER_MS;
    this.last = ofNow > this.last ? ofNow : this.last + 1n;
    return String(this.last);
  }

  /** No later number is below this one. */
  seen(number: string): void {
    if (BigInt(number) > this.last) this.last = BigInt(number);
  }
}
