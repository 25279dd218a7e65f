/** The port to what reconciliation remembers from run to run. */
export interface ReconciliationBook {
  /** Whether a finding was noted within the last 90 days. */
  isKnown(finding: string): Promise<boolean>;
  /** Notes a finding, so that nobody is told of it again. */
  note(finding: string): Promise<void>;
  /** The moment (ISO 8601) up to which charges have been compared; undefined before the first run. */
  comparedUntil(): Promise<string | undefined>;
  setComparedUntil(moment: string): Promise<void>;
}
