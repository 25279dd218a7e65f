/** The port that wakes a request. */
export interface WakeTimer {
  /** Wakes the request at `at` (milliseconds since the epoch) or up to a second later; the same call again changes nothing. */
  wakeAt(requestId: string, at: number): Promise<void>;
}
