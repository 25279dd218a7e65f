import type { CallContext } from '../../../wire/caller';
import type { Access } from '../../../wire/service';
import { validationError } from '../faults';
import type { OnFailure, StackInput } from '../stack-operation';
import { readTemplate, type TemplateSource } from '../template-source';
import { type Stacks, stackAccess } from './stack-access';

/** What CreateStack, UpdateStack and CreateChangeSet have in common, as the query protocol gives it: leaves are text. */
export interface StackRequest extends TemplateSource {
  readonly StackName?: string;
  readonly UsePreviousTemplate?: string | boolean;
  readonly Parameters?: readonly {
    readonly ParameterKey: string;
    readonly ParameterValue?: string;
    readonly UsePreviousValue?: string | boolean;
  }[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly Capabilities?: readonly string[];
  readonly NotificationARNs?: readonly string[];
  readonly RoleARN?: string;
  readonly DisableRollback?: string | boolean;
  readonly OnFailure?: OnFailure;
  readonly OnStackFailure?: OnFailure;
  readonly EnableTerminationProtection?: string | boolean;
  readonly ClientRequestToken?: string;
  readonly StackPolicyBody?: string;
  readonly StackPolicyURL?: string;
  readonly DeploymentConfig?: { readonly Mode?: string };
}

/** The stack that a request describes; throws ValidationError for what it cannot read. */
export async function readStackRequest(
  { host, store }: Stacks,
  request: StackRequest,
  { caller }: CallContext,
): Promise<StackInput> {
  const { StackName, Parameters, Tags, EnableTerminationProtection: protection } = request;
  if (!StackName) {
    throw validationError(
      "1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not be null",
    );
  }
  refuseUnknown(request);
  const parameters = list(Parameters);
  const previous = isTrue(request.UsePreviousTemplate) ? store.find(StackName) : undefined;
  return {
    stackName: StackName,
    ...(previous
      ? { template: previous.template, templateBody: previous.templateBody }
      : await readTemplate(host, caller, request)),
    parameters: Object.fromEntries(
      parameters
        .filter(({ UsePreviousValue }) => !isTrue(UsePreviousValue))
        .map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue ?? '']),
    ),
    previousParameters: parameters
      .filter(({ UsePreviousValue }) => isTrue(UsePreviousValue))
      .map(({ ParameterKey }) => ParameterKey),
    tags: Array.isArray(Tags) ? Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value ?? ''])) : undefined,
    capabilities: list(request.Capabilities),
    notificationArns: list(request.NotificationARNs),
    roleArn: request.RoleARN,
    disableRollback: isTrue(request.DisableRollback),
    onFailure: request.OnFailure ?? request.OnStackFailure,
    terminationProtection: protection === undefined ? undefined : isTrue(protection),
    clientRequestToken: request.ClientRequestToken,
    caller,
  };
}

/** The right to the action on the stack, and to hand its role on. */
export function operationAccess(stacks: Stacks, action: string, request: StackRequest): Access[] {
  const passed = request.RoleARN;
  const context = { 'iam:PassedToService': 'cloudformation.amazonaws.com' };
  return [
    stackAccess(stacks, action, request.StackName),
    ...(passed ? [{ action: 'iam:PassRole', resource: passed, context }] : []),
  ];
}

/** Whether a flag is set: text on the wire, a boolean between services. */
export function isTrue(flag: string | boolean | undefined): boolean {
  return flag === true || flag === 'true';
}

/** A list of the query protocol: an empty one arrives as empty text. */
export function list<Item>(items: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(items) ? items : [];
}

function refuseUnknown({ StackPolicyBody, StackPolicyURL, DeploymentConfig }: StackRequest): void {
  if (StackPolicyBody || StackPolicyURL) throw validationError('Stack policies are not emulated: leave them out.');
  if (DeploymentConfig?.Mode && DeploymentConfig.Mode !== 'STANDARD') {
    throw validationError(`DeploymentConfig Mode ${DeploymentConfig.Mode} is not emulated: use STANDARD.`);
  }
}
