import type { Action } from '../../../wire/service';
import { createChangeSet } from '../change-set/create-change-set';
import { validationError } from '../faults';
import type { StackTools } from '../stack-tools';
import { operationAccess, readStackRequest, type StackRequest } from './stack-request';

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
