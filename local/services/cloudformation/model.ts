import type { DeletionPolicy, Template } from '../../assembly/template';

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
  /** What a failed operation has left to be undone; see {@link Undo}. */
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

/** The way back of an operation that failed and was not, or not all, undone. */
export interface Undo {
  readonly of: 'CREATE' | 'UPDATE';
  /** In the order in which they were made. */
  readonly changes: readonly Change[];
  /** Resources by logical id as they were before the operation; empty for a creation. */
  readonly before: Readonly<Record<string, ResourceRecord>>;
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
