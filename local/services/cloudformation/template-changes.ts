import { isDeepStrictEqual } from 'node:util';
import type { Template } from '../../assembly/template';
import type { StackRecord } from './model';
import type { PreparedStack } from './prepare-stack';

/** Logical ids that would keep their name and change their type, which CloudFormation does not do. */
export function retypedResources(stack: StackRecord, template: Template): string[] {
  return Object.values(stack.resources)
    .filter(({ logicalId, type }) => template.Resources[logicalId] && template.Resources[logicalId].Type !== type)
    .map(({ logicalId }) => logicalId);
}

/**
 * Whether an update has anything to do: another template (metadata of resources aside), other parameters or tags.
 * Values from SSM or another stack's export may have changed behind the same template, so stacks that use them are
 * updated always; unchanged resources are left alone even then.
 */
export function changesAnything(
  stack: StackRecord,
  prepared: PreparedStack,
  tags: Readonly<Record<string, string>> | undefined,
): boolean {
  if (!isDeepStrictEqual(stack.parameters, prepared.parameters)) return true;
  if (!isDeepStrictEqual(stack.ssmValues, prepared.ssmValues)) return true;
  if (tags && !isDeepStrictEqual({ ...stack.tags }, { ...tags })) return true;
  if (stack.imports.length > 0 || JSON.stringify(prepared.template).includes('{{resolve:')) return true;
  return !isDeepStrictEqual(essence(stack.template), essence(prepared.template));
}

function essence(template: Template): unknown {
  const resources = Object.entries(template.Resources).map(([id, { Metadata: _, ...resource }]) => [id, resource]);
  return { ...template, Metadata: undefined, Description: undefined, Resources: Object.fromEntries(resources) };
}
