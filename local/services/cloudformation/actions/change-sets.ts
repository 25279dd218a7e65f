import type { Action } from '../../../wire/service';
import { createChangeSet } from '../change-set/create-change-set';
import { executeChangeSet } from '../change-set/execute-change-set';
import type { ChangeSetRecord, ResourceChange } from '../change-set/model';
import { changeSetNotFound, invalidChangeSetStatus, validationError } from '../faults';
import { pageOf } from '../page';
import { shortly } from '../shortly';
import type { StackTools } from '../stack-tools';
import type { StackStore } from '../store';
import { parametersView } from './parameters-view';
import { readAccess, type Stacks, stackOf } from './stack-access';
import { isTrue, operationAccess, readStackRequest, type StackRequest } from './stack-request';

interface CreateChangeSetInput extends StackRequest {
  readonly ChangeSetName?: string;
  readonly ChangeSetType?: string;
  readonly Description?: string;
  readonly ClientToken?: string;
  readonly ResourcesToImport?: unknown;
  readonly DeploymentMode?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html; types CREATE and UPDATE. */
export function createChangeSetAction(tools: StackTools): Action<CreateChangeSetInput> {
  return {
    access: (input) => operationAccess(tools, 'cloudformation:CreateChangeSet', input),
    handle: async (request, call) => {
      const { ChangeSetName: name = '', ChangeSetType: type = 'UPDATE', Description, ClientToken } = request;
      refuseImports(request);
      if (type !== 'CREATE' && type !== 'UPDATE') {
        throw validationError(`ChangeSetType ${type} is not emulated: use CREATE or UPDATE.`);
      }
      const input = await readStackRequest(tools, request, call);
      const { changeSetId, stackId } = await createChangeSet(tools, {
        ...input,
        clientRequestToken: ClientToken,
        name,
        type,
        description: Description,
      });
      return { Id: changeSetId, StackId: stackId };
    },
  };
}

/** `ImportExistingResources` is taken, as `cdk bootstrap` sends it, and imports nothing: a name that is taken fails. */
function refuseImports({ ResourcesToImport, DeploymentMode }: CreateChangeSetInput): void {
  if (ResourcesToImport) throw validationError('Importing existing resources into a stack is not emulated.');
  if (DeploymentMode) throw validationError(`DeploymentMode ${DeploymentMode} is not emulated: drift is not detected.`);
}

interface ChangeSetInput {
  readonly ChangeSetName?: string;
  readonly StackName?: string;
  readonly NextToken?: string;
  readonly IncludePropertyValues?: string | boolean;
  readonly ClientRequestToken?: string;
  readonly DisableRollback?: string | boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export function describeChangeSet(stacks: Stacks): Action<ChangeSetInput> {
  return {
    access: readAccess(stacks, 'cloudformation:DescribeChangeSet'),
    handle: (input) => {
      const changeSet = changeSetOf(stacks.store, input);
      const hasValues = isTrue(input.IncludePropertyValues);
      const page = pageOf(changeSet.changes, ({ LogicalResourceId }) => LogicalResourceId, input.NextToken);
      return {
        ...summaryOf(changeSet),
        Parameters: parametersView(changeSet),
        NotificationARNs: changeSet.notificationArns,
        RollbackConfiguration: {},
        Capabilities: changeSet.capabilities,
        Tags: Object.entries(changeSet.tags).map(([Key, Value]) => ({ Key, Value })),
        OnStackFailure: changeSet.onStackFailure,
        Changes: page.items.map((change) => ({
          Type: 'Resource',
          ResourceChange: hasValues ? change : withoutValues(change),
        })),
        NextToken: page.NextToken,
      };
    },
  };
}

function withoutValues({ BeforeContext: _before, AfterContext: _after, ...change }: ResourceChange) {
  const Details = change.Details.map(({ Target, ...detail }) => {
    const { Attribute, Name, RequiresRecreation } = Target;
    return { ...detail, Target: { Attribute, Name, RequiresRecreation } };
  });
  return { ...change, Details };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListChangeSets.html */
export function listChangeSets(stacks: Stacks): Action<ChangeSetInput> {
  return {
    access: readAccess(stacks, 'cloudformation:ListChangeSets'),
    handle: ({ StackName, NextToken: token }) => {
      const changeSets = stacks.store.changeSetsOf(stackOf(stacks.store, StackName).stackId);
      const { items, NextToken } = pageOf(changeSets, ({ changeSetId }) => changeSetId, token);
      return { Summaries: items.map(summaryOf), NextToken };
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html */
export function executeChangeSetAction(tools: StackTools): Action<ChangeSetInput> {
  return {
    access: readAccess(tools, 'cloudformation:ExecuteChangeSet'),
    handle: async (input, { caller }) => {
      const { done } = await executeChangeSet(tools, changeSetOf(tools.store, input), {
        caller,
        clientRequestToken: input.ClientRequestToken,
        disableRollback: isTrue(input.DisableRollback),
      });
      await shortly(tools.host.kernel, done);
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html; no such change set is no error. */
export function deleteChangeSet(stacks: Stacks): Action<ChangeSetInput> {
  return {
    access: readAccess(stacks, 'cloudformation:DeleteChangeSet'),
    handle: ({ ChangeSetName = '', StackName }) => {
      if (!ChangeSetName.startsWith('arn:')) stackOf(stacks.store, StackName);
      const changeSet = stacks.store.findChangeSet(ChangeSetName, StackName);
      if (changeSet?.executionStatus === 'EXECUTE_IN_PROGRESS') {
        throw invalidChangeSetStatus(
          `ChangeSet [${changeSet.changeSetId}] cannot be deleted in its current status of [EXECUTE_IN_PROGRESS]`,
        );
      }
      if (changeSet) stacks.store.removeChangeSet(changeSet.changeSetId);
      return {};
    },
  };
}

function changeSetOf(store: StackStore, { ChangeSetName = '', StackName }: ChangeSetInput): ChangeSetRecord {
  if (!ChangeSetName.startsWith('arn:')) stackOf(store, StackName);
  const changeSet = store.findChangeSet(ChangeSetName, StackName);
  if (!changeSet) throw changeSetNotFound(ChangeSetName);
  return changeSet;
}

function summaryOf(changeSet: ChangeSetRecord) {
  return {
    ChangeSetId: changeSet.changeSetId,
    ChangeSetName: changeSet.name,
    StackId: changeSet.stackId,
    StackName: changeSet.stackName,
    Description: changeSet.description,
    CreationTime: new Date(changeSet.createdAtMs),
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    ExecutionStatus: changeSet.executionStatus,
    IncludeNestedStacks: false,
    ImportExistingResources: false,
  };
}
