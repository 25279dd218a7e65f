import { type Template, type TemplateParameter, templateFaults } from '../../../assembly/template';
import type { Action } from '../../../wire/service';
import { neededCapabilities } from '../capabilities';
import { validationError } from '../faults';
import { readTemplate, type TemplateSource } from '../template-source';
import { readAccess, type Stacks, stackOf } from './stack-access';

interface GetTemplateSummaryInput extends TemplateSource {
  readonly StackName?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html; no identifiers for imports. */
export function getTemplateSummary(stacks: Stacks): Action<GetTemplateSummaryInput> {
  return {
    access: readAccess(stacks, 'cloudformation:GetTemplateSummary'),
    handle: async (input, { caller }) => {
      const { template } = input.StackName
        ? stackOf(stacks.store, input.StackName)
        : await readTemplate(stacks.host, caller, input);
      check(template);
      const types = Object.values(template.Resources).map(({ Type }) => Type);
      return {
        ...described(template),
        Parameters: parametersOf(template, ({ AllowedValues }) => ({
          ParameterConstraints: AllowedValues && { AllowedValues },
        })),
        ResourceTypes: [...new Set(types)],
        Metadata: template.Metadata === undefined ? undefined : JSON.stringify(template.Metadata),
        Version: template.AWSTemplateFormatVersion,
      };
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ValidateTemplate.html */
export function validateTemplate(stacks: Stacks): Action<TemplateSource> {
  return {
    access: () => [{ action: 'cloudformation:ValidateTemplate', resource: '*' }],
    handle: async (input, { caller }) => {
      const { template } = await readTemplate(stacks.host, caller, input);
      check(template);
      return { ...described(template), Parameters: parametersOf(template, () => ({})) };
    },
  };
}

function check(template: Template): void {
  const faults = templateFaults(template);
  if (faults.length > 0) throw validationError(faults.join('; '));
}

function described(template: Template) {
  const { capabilities, resourceTypes } = neededCapabilities(template);
  return {
    Description: template.Description,
    Capabilities: capabilities,
    CapabilitiesReason:
      capabilities.length > 0
        ? `The following resource(s) require capabilities: [${resourceTypes.join(', ')}]`
        : undefined,
  };
}

function parametersOf(template: Template, more: (parameter: TemplateParameter) => object) {
  return Object.entries(template.Parameters ?? {}).map(([ParameterKey, parameter]) => ({
    ParameterKey,
    ParameterType: parameter.Type,
    DefaultValue: parameter.Default === undefined ? undefined : String(parameter.Default),
    NoEcho: String(parameter.NoEcho ?? false) === 'true',
    Description: parameter.Description,
    ...more(parameter),
  }));
}
