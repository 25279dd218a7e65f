import type { DeployedStack } from '../deployment';

/** Something that stands still, and what can be done. */
export interface Stuck {
  readonly stack: DeployedStack;
  readonly kind: 'execution' | 'order' | 'approval' | 'document';
  /** An execution's ARN, an order's or a request's id, a document's tenant and path. */
  readonly id: string;
  /** Milliseconds since the epoch: since when nothing has happened to it. */
  readonly sinceMs: number;
  readonly why: string;
  /** What `repair` does, in words; where there is no `repair`, what a person may do. */
  readonly remedy: string;
  readonly repair?: () => Promise<void>;
}

/** What was looked for, and what could not be looked at. */
export interface Search {
  readonly found: readonly Stuck[];
  /** What nobody can tell, and why: histories that are encrypted. */
  readonly blind: readonly string[];
}
