/**
 * The sequence right behind a version's own: later than it, and earlier than whatever S3 will say of the object after it. A sequence is
 * `<milliseconds, 13 digits>-<sequencer, 40 hex digits or nothing>`; those with sequencers are ordered by these alone. S3 says
 * to the second when an object was modified, so a millisecond more is still before the next version of a bulk load.
 * Throws an Error on a text that is no sequence.
 */
export function successorOf(sequence: string): string {
  const [, time, sequencer] = /^(\d{13})-([0-9a-f]{40})?$/.exec(sequence) ?? [];
  if (time === undefined) throw new Error(`${JSON.stringify(sequence)} is no sequence of a version.`);
  if (sequencer === undefined) return `${String(Number(time) + 1).padStart(13, '0')}-`;
  return `${time}-${(BigInt(`0x${sequencer}`) + 1n).toString(16).padStart(40, '0')}`;
}
