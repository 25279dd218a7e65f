/**
 * The names of what every workflow tells of itself, counted once where an end is seen: the objectives, their alarms and
 * their dashboards rest on these. The dimension `service` says which workflow.
 */
export const SIGNALS = {
  /** It ended well for whoever uses it; a no of a customer, an approver or the business is an answer. */
  good: 'WorkflowGood',
  /** It ended badly for whoever uses it: something broke, or a person has to look. */
  bad: 'WorkflowBad',
  /** From its first moment to its good end. */
  endToEnd: 'EndToEndSeconds',
  /** From its first moment to the failure that undoes it. */
  startToDetect: 'StartToDetectSeconds',
  /** From the failure to the end of its undoing. */
  timeToRecover: 'TimeToRecoverSeconds',
  /** How long a message lay in its queue. */
  queueWait: 'QueueWaitSeconds',
  /** From opening a request to what a person decided. */
  approvalTurnaround: 'ApprovalTurnaroundSeconds',
  /** A step that came after its undo, or whose claim was taken over, was stopped. */
  stepFenced: 'StepFenced',
  /** A producer's event has fields that we do not know; it goes on. */
  unknownFields: 'UnknownFields',
  /** A producer's event is of a version that we do not know; it is parked. */
  unknownVersion: 'UnknownVersion',
} as const;

/** Seconds between two moments in ISO 8601; undefined when one of them is none. */
export function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const seconds = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
  return Number.isNaN(seconds) ? undefined : seconds;
}
