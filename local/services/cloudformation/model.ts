import type { DeletionPolicy, Template } from '../../assembly/template';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export type StackStatus =
  | `${'CREATE' | 'UPDATE' | 'DELETE' | 'ROLLBACK' | 'UPDATE_ROLLBACK'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`
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
  /** The values that the stack was last given; not the defaults. */
  parameters: Record<string, string>;
  tags: Record<string, string>;
  terminationProtection: boolean;
  /** By logical id. */
  resources: Record<string, ResourceRecord>;
  /** By output id. */
  outputs: Record<string, OutputRecord>;
  /** Names of other stacks' exports that the stack uses. */
  imports: string[];
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
}
