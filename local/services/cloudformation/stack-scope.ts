import { AssemblyError } from '../../assembly/assembly-error';
import type { ParameterValue } from '../../assembly/parameters';
import type { Scope } from '../../assembly/scope';
import type { Template } from '../../assembly/template';
import type { ResourceRecord, StackRecord } from './model';
import type { StackTools } from './stack-tools';

/** Makes the scope of a stack's functions, over the resources that exist when it is asked. */
export function stackScope(
  tools: StackTools,
  { stackName, stackId }: Pick<StackRecord, 'stackName' | 'stackId'>,
  template: Template,
  parameters: Readonly<Record<string, ParameterValue>>,
  conditions: Readonly<Record<string, boolean>>,
): (stack: Pick<StackRecord, 'resources'>, imports: Set<string>) => Scope {
  const { accountId, region } = tools.host;
  return ({ resources }, imports) => ({
    accountId,
    region,
    stackName,
    stackId,
    parameters,
    mappings: template.Mappings ?? {},
    conditions,
    ref: (logicalId) => resourceOf(resources, logicalId).physicalId,
    getAtt: (logicalId, attribute) => attributeOf(resourceOf(resources, logicalId), attribute),
    importValue: (name) => {
      const exported = tools.store.exported(name);
      if (!exported) throw new AssemblyError(`No export named ${name} found. Deploy the stack that exports it first`);
      imports.add(name);
      return exported.output.value;
    },
  });
}

function resourceOf(resources: Readonly<Record<string, ResourceRecord>>, logicalId: string): ResourceRecord {
  const resource = resources[logicalId];
  if (resource) return resource;
  throw new AssemblyError(`Template format error: Unresolved resource dependencies [${logicalId}] in the template`);
}

function attributeOf({ logicalId, type, attributes }: ResourceRecord, attribute: string): unknown {
  const value = attributes[attribute] ?? attribute.split('.').reduce<any>((node, part) => node?.[part], attributes);
  if (value !== undefined) return value;
  const given = Object.keys(attributes);
  throw new AssemblyError(
    `Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt ` +
      `(${type} gives ${given.length > 0 ? given.join(', ') : 'none'} here)`,
  );
}
