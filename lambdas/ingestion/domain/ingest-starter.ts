import type { PlannedDocument } from '../contracts/intake';

/** What an execution of the single machine begins with. */
export interface IngestInput extends PlannedDocument {
  /** The execution's name. */
  readonly run: string;
}

/** The port to the single machine. */
export interface IngestStarter {
  /** Starts the execution that `input.run` names, once. Throws RejectedMessage when it will never be taken. */
  start(input: IngestInput): Promise<'started' | 'exists'>;
}
