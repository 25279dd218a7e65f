import type { Template } from '../../../assembly/template';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export type ExecutionStatus =
  | 'UNAVAILABLE'
  | 'AVAILABLE'
  | 'EXECUTE_IN_PROGRESS'
  | 'EXECUTE_COMPLETE'
  | 'EXECUTE_FAILED'
  | 'OBSOLETE';

/** A change set, all of it plain data. Times are milliseconds since the epoch. */
export interface ChangeSetRecord {
  readonly changeSetId: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly stackId: string;
  readonly stackName: string;
  readonly createdAtMs: number;
  readonly operationId: string;
  readonly description?: string;
  readonly clientToken?: string;
  readonly onStackFailure?: 'DO_NOTHING' | 'ROLLBACK' | 'DELETE';
  readonly template: Template;
  readonly templateBody: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly notificationArns: readonly string[];
  readonly roleArn?: string;
  status: 'CREATE_COMPLETE' | 'FAILED';
  statusReason?: string;
  executionStatus: ExecutionStatus;
  readonly changes: readonly ResourceChange[];
  /** Why CloudFormation will not try: one for each property or resource. */
  readonly refusals: readonly Refusal[];
}

/** What of a template is refused before anything is tried. */
export interface Refusal {
  readonly logicalId: string;
  readonly type: string;
  /** Where in the template, as a JSON pointer. */
  readonly path: string;
  readonly message: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html; contexts as JSON. */
export interface ResourceChange {
  readonly Action: 'Add' | 'Modify' | 'Remove';
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly PolicyAction?: 'Delete' | 'Retain' | 'ReplaceAndDelete' | 'ReplaceAndRetain';
  readonly Replacement?: 'True' | 'False' | 'Conditional';
  readonly Scope: readonly string[];
  readonly Details: readonly ResourceChangeDetail[];
  readonly BeforeContext?: string;
  readonly AfterContext?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html */
export interface ResourceChangeDetail {
  readonly Target: {
    readonly Attribute: 'Properties' | 'Tags' | 'DeletionPolicy' | 'UpdateReplacePolicy';
    readonly Name?: string;
    readonly RequiresRecreation: 'Never' | 'Conditionally' | 'Always';
    readonly Path?: string;
    readonly BeforeValue?: string;
    readonly AfterValue?: string;
    readonly AttributeChangeType?: 'Add' | 'Remove' | 'Modify';
  };
  readonly Evaluation: 'Static' | 'Dynamic';
  readonly ChangeSource: 'DirectModification' | 'ResourceReference' | 'ResourceAttribute' | 'ParameterReference';
  readonly CausingEntity?: string;
}
