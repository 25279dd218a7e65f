/** The port to a state machine. */
export interface WorkflowStarter {
  /**
   * Starts an execution of this name; `exists` when one has (or had, within 90 days) the name. Throws StartRefused
   * when the request can never succeed, and anything else for a failure that may pass.
   */
  start(name: string, input: object): Promise<'started' | 'exists'>;
}
