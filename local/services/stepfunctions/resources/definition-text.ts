import type { ResourceContext } from '../../../wire/resource-provider';

/** The three ways in which a template gives a definition; exactly one must be there. */
export interface DefinitionProperties {
  readonly DefinitionString?: string;
  readonly Definition?: object;
  readonly DefinitionS3Location?: { Bucket: string; Key: string; Version?: string };
  readonly DefinitionSubstitutions?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * The definition as JSON text with its substitutions applied: `${Name}` becomes the value, as it stands.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-stepfunctions-statemachine.html
 */
export async function definitionText(properties: DefinitionProperties, context: ResourceContext): Promise<string> {
  const { DefinitionString, Definition, DefinitionS3Location: location } = properties;
  const given = [DefinitionString, Definition, location].filter((value) => value !== undefined);
  if (given.length !== 1) {
    throw new Error(
      `${context.logicalId} must have exactly one of DefinitionString, Definition and DefinitionS3Location; it has ${given.length}`,
    );
  }
  const text = location
    ? (await context.readAsset(location.Bucket, location.Key, location.Version)).toString('utf8')
    : (DefinitionString ?? JSON.stringify(Definition));
  return substitute(text, properties.DefinitionSubstitutions ?? {});
}

function substitute(text: string, values: Readonly<Record<string, string | number | boolean>>): string {
  return text.replace(/\$\{([^}]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}
