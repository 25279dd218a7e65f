/** Something that a synth-time rule refuses. */
export interface Finding {
  /** The rule's name, which stays the same. */
  readonly rule: string;
  /** The state, the resource or the placeholder that it is about. */
  readonly subject: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do. */
  readonly fix: string;
}
