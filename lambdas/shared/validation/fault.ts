/** One fault of something that was sent. */
export interface Fault {
  /** What is wrong, the bad value, and what to do. */
  readonly detail: string;
  /** JSON Pointer (RFC 6901) to the place. */
  readonly pointer?: string;
}
