import type { DeletionPolicy, Template } from '../../assembly/template';
import type { Caller } from '../../wire/caller';
import type { OnFailure } from './stack-operation';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export type StackStatus =
  | `${'CREATE' | 'UPDATE' | 'DELETE' | 'ROLLBACK' | 'UPDATE_ROLLBACK'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`
  | 'REVIEW_IN_PROGRESS'
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResource.html */
export type ResourceStatus =
  | `${'CREATE' | 'UPDATE' | 'DELETE'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`
  | 'DELETE_SKIPPED';

/** A stack, all of it plain data. Times are milliseconds since the epoch. */
export interface StackRecord {
  readonly stackName: string;
  readonly stackId: string;
  readonly createdAtMs: number;
  updatedAtMs?: number;
  deletedAtMs?: number;
  status: StackStatus;
  statusReason?: string;
  template: Template;
  /** The template as it was sent: JSON or YAML. */
  templateBody: string;
  /** The values of all parameters as they were given, or by default; of those that come from SSM its names. */
  parameters: Record<string, string>;
  /** What SSM held for the parameters that come from it. */
  ssmValues: Record<string, string>;
  tags: Record<string, string>;
  capabilities: readonly string[];
  notificationArns: readonly string[];
  /** The role that CloudFormation takes for the stack; absent: whoever asks. */
  roleArn?: string;
  terminationProtection: boolean;
  /** Whether a failed operation leaves what it has done. */
  disableRollback: boolean;
  /** The change set that was executed last. */
  changeSetId?: string;
  /** The operation that is under way. */
  operation?: OperationContext;
  /** Where the way back of the operation leads that is under way, or that failed and was left as it stands. */
  undo?: Undo;
  /** By logical id. */
  resources: Record<string, ResourceRecord>;
  /** By output id. */
  outputs: Record<string, OutputRecord>;
  /** Names of other stacks' exports that the stack uses. */
  imports: string[];
}

/** What one resource went through, so that it can be undone. */
export type Change =
  | { readonly kind: 'created'; readonly after: ResourceRecord }
  | { readonly kind: 'changed' | 'replaced'; readonly before: ResourceRecord; readonly after: ResourceRecord };

/** The end of a way back; what has to be undone for it stands in OpenWork. */
export interface Undo {
  readonly of: 'CREATE' | 'UPDATE';
  /** Resources by logical id as they were before the operation; empty for a creation. */
  readonly before: Readonly<Record<string, ResourceRecord>>;
}

/** One creation, change or deletion, who asked for it, and what was asked for that is needed until its end. */
export interface OperationContext {
  readonly operationId: string;
  readonly caller: Caller;
  readonly clientRequestToken?: string;
  /** Of a creation. */
  readonly onFailure?: OnFailure;
  /** Of an update: whether it stays as it is when it fails. */
  readonly disableRollback?: boolean;
  /** Whether the next process is asked for the same: what this one has done by then stays for it. */
  readonly isRepeated?: boolean;
  /** Of a deletion: whether what cannot be deleted is left behind. */
  readonly isForced?: boolean;
  /** Of a way back: logical ids that are taken as they are. */
  readonly skipped?: readonly string[];
  /** Of an update that has only to clean up: logical ids that its template does not have. */
  readonly removed?: readonly string[];
}

/** What an operation is doing to one resource; `draft` is its record as far as it is known before the end. */
export interface Step {
  readonly verb: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly draft: ResourceRecord;
}

/** A resource as it was last created or changed. */
export interface ResourceRecord {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string;
  /** The properties that it was made with, resolved. */
  properties: Record<string, unknown>;
  attributes: Record<string, unknown>;
  dependsOn: readonly string[];
  deletionPolicy: DeletionPolicy;
  updateReplacePolicy: DeletionPolicy;
  status: ResourceStatus;
  statusReason?: string;
  changedAtMs: number;
}

/** An output of a stack, resolved. */
export interface OutputRecord {
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** A line of a stack's history; `logicalId` is the stack's name for events of the stack itself. */
export interface StackEvent {
  readonly eventId: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: StackStatus | ResourceStatus;
  readonly reason?: string;
  readonly atMs: number;
  /** The operation that the event belongs to. */
  readonly operationId: string;
  readonly clientRequestToken?: string;
  /** The resource's properties as JSON. */
  readonly properties?: string;
}
