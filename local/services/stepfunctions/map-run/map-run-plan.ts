import type { Command } from '../../../engine/contract';
import type { ExecutionRecord } from '../model';

/** What the engine asks a Map Run to do. */
export type Plan = Extract<Command, { kind: 'startMapRun' }>;

/** One ended child, as the result of the Map and the files of a ResultWriter need it. */
export interface ChildResult {
  readonly execution: ExecutionRecord;
  readonly items: number;
}
