import type { BrokenAccount } from './broken-account';
import type { OperatorDesk, Values } from './operator-desk';

/** A trouble that was made. */
export interface Trouble {
  /** What capitals of the page stand for, besides outputs of the stacks. */
  readonly values?: Values;
  /** Parts of commands, and what a look by them must show. */
  readonly shows?: Readonly<Record<string, RegExp>>;
  /** What the operator mends outside of the page's commands: the provider, the grant, the receiver. */
  readonly mend?: () => Promise<void> | void;
  /** Pages that this one sends the operator to, whose "What to do" is typed as well. */
  readonly follows?: readonly string[];
  /** Whether nothing is lost: orders have their ends, queues are empty. Asked again and again while time goes by. */
  readonly isOver: () => Promise<boolean>;
}

/** A page of the runbooks, tried. */
export interface RunbookCase {
  /** The page's name. */
  readonly page: string;
  readonly trouble: string;
  /** How time goes by until the alarm rings and until it is quiet again. @default a minute */
  readonly stepMs?: number;
  /** How soon after the end of the trouble the alarm is quiet, where it would become so by itself as well; whole steps */
  readonly quietWithinMs?: number;
  /** Makes the trouble, by what the product meets: events, refusals of AWS, faults of providers. */
  break(account: BrokenAccount, desk: OperatorDesk): Promise<Trouble>;
}
