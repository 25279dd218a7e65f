/**
 * The order of a document's versions. A sequence is `<milliseconds, 13 digits>-<sequencer, 40 hex digits or nothing>`.
 * S3 gives the events of one key a sequencer that says which came later, the shorter one with zeros to its right
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html); objects of bulk loads
 * have none, and are ordered by when they were modified, to the second.
 */

/** A sequence of a moment and the sequencer of its event. Throws RangeError on a sequencer that is none. */
export function sequenceOf(atMs: number, sequencer = ''): string {
  const hex = sequencer.toLowerCase();
  if (!/^[0-9a-f]{0,40}$/.test(hex)) throw new RangeError(`A sequencer has up to 40 hexadecimal digits; got ${hex}.`);
  return `${String(Math.floor(atMs)).padStart(13, '0')}-${hex === '' ? '' : hex.padEnd(40, '0')}`;
}

/** Negative when `a` came before `b`, 0 when they are the same, positive when it came after. */
export function compareSequences(a: string, b: string): number {
  const [timeA, sequencerA] = parts(a);
  const [timeB, sequencerB] = parts(b);
  // Moments of single documents come from two clocks of S3; their sequencers do not.
  if (sequencerA && sequencerB) return order(sequencerA, sequencerB);
  return order(timeA, timeB) || order(sequencerA, sequencerB);
}

/** The later of two sequences, either of which may be absent. */
export function laterOf(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareSequences(a, b) >= 0 ? a : b;
}

function parts(sequence: string): [string, string] {
  return [sequence.slice(0, 13), sequence.slice(14)];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
