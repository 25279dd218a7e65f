import type { Resource, Template } from './template-rules';

/** Lambda's own, for a function that names none: https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
const DEFAULT_SECONDS = 3;

/**
 * How long the functions that substitutions of a definition name may run, in seconds, by the substitution's name. Versions and aliases
 * lead to their function. What is no function, or is not in the template, is left out.
 */
export function functionSeconds(
  template: Template,
  substitutions: Readonly<Record<string, unknown>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(substitutions).flatMap(([name, value]) => {
      const found = functionOf(template, value);
      return found ? [[name, Number(found.Properties?.Timeout ?? DEFAULT_SECONDS)]] : [];
    }),
  );
}

function functionOf(template: Template, value: unknown): Resource | undefined {
  const { Ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  const resource = template.Resources?.[Ref ?? attribute?.[0] ?? ''];
  if (resource?.Type === 'AWS::Lambda::Function') return resource;
  if (resource?.Type !== 'AWS::Lambda::Version' && resource?.Type !== 'AWS::Lambda::Alias') return undefined;
  return functionOf(template, resource.Properties?.FunctionName);
}
