import type { Template } from '../../assembly/template';
import type { Caller } from '../../wire/caller';

/** What becomes of a stack whose creation fails. */
export type OnFailure = 'DO_NOTHING' | 'ROLLBACK' | 'DELETE';

/** What a stack is made of. */
export interface StackInput {
  readonly stackName: string;
  readonly template: Template;
  /** The template as it was sent. @default the template as JSON */
  readonly templateBody?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Parameters that keep the values of the last operation. */
  readonly previousParameters?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly terminationProtection?: boolean;
  /** What the caller has acknowledged. @default everything, for callers in this process */
  readonly capabilities?: readonly string[];
  readonly notificationArns?: readonly string[];
  readonly roleArn?: string;
  readonly disableRollback?: boolean;
  /** @default ROLLBACK */
  readonly onFailure?: OnFailure;
  readonly clientRequestToken?: string;
  /** Whether a process that goes on after this one is asked for the same. @default false */
  readonly isRepeated?: boolean;
  /** @default the administrator */
  readonly caller?: Caller;
  /** The change set that is carried out. */
  readonly changeSetId?: string;
}

/** An operation that has begun; `done` rejects with AwsError when it fails, after the way back. */
export interface Operation {
  readonly stackId: string;
  readonly done: Promise<void>;
}
