import { validationError } from '../faults';
import type { StackInput } from '../stack-operation';

interface StackRequest {
  readonly StackName?: string;
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
  readonly Parameters?: readonly { readonly ParameterKey: string; readonly ParameterValue?: string }[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly EnableTerminationProtection?: string | boolean;
}

/** The stack that a CreateStack or UpdateStack request describes; throws ValidationError for what it cannot read. */
export function readStackRequest(request: StackRequest): StackInput {
  const { StackName, TemplateBody, TemplateURL, Parameters, Tags, EnableTerminationProtection } = request;
  if (!StackName)
    throw validationError("Value null at 'stackName' failed to satisfy constraint: Member must not be null");
  if (TemplateURL) throw validationError('TemplateURL is not emulated: send the template in TemplateBody');
  if (!TemplateBody) throw validationError('Either Template URL or Template Body must be specified.');
  return {
    stackName: StackName,
    template: parse(TemplateBody),
    parameters: Object.fromEntries(
      (Parameters ?? []).map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue ?? '']),
    ),
    tags: Tags && Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
    terminationProtection:
      EnableTerminationProtection === undefined ? undefined : String(EnableTerminationProtection) === 'true',
  };
}

function parse(body: string) {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw validationError(
      `Template format error: JSON not well-formed (${(error as Error).message}); YAML is not emulated`,
    );
  }
}
