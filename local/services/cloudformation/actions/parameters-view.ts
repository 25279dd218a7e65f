import type { StackRecord } from '../model';

/** Parameters as stacks and change sets show them: secrets hidden, what came from SSM beside its name. */
export function parametersView({
  template,
  parameters,
  ssmValues = {},
}: Pick<StackRecord, 'template' | 'parameters'> & Partial<Pick<StackRecord, 'ssmValues'>>) {
  return Object.entries(parameters).map(([ParameterKey, value]) => {
    const isHidden = String(template.Parameters?.[ParameterKey]?.NoEcho) === 'true';
    return { ParameterKey, ParameterValue: isHidden ? '****' : value, ResolvedValue: ssmValues[ParameterKey] };
  });
}
