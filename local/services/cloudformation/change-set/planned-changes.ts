import { resolveIntrinsics } from '../../../assembly/intrinsics';
import type { PlannedResource } from '../../../assembly/resource-plan';
import type { Scope } from '../../../assembly/scope';
import { resolveDynamicReferences } from '../dynamic-references';
import type { ResourceRecord, StackRecord } from '../model';
import type { PreparedStack } from '../prepare-stack';
import { coerceProperties } from '../property-check';
import type { StackTools } from '../stack-tools';
import { changeOf, KNOWN_AFTER_APPLY } from './changed-properties';
import type { ResourceChange } from './model';

/**
 * What the execution of a change set will do to each resource: additions and changes in the order of the template, then removals.
 * Nothing is created or changed.
 */
export async function plannedChanges(
  tools: StackTools,
  stack: StackRecord,
  prepared: PreparedStack,
): Promise<ResourceChange[]> {
  const unknown = new Set<string>();
  const scope = foresight(prepared.scope(stack, new Set()), unknown);
  const changes: ResourceChange[] = [];
  for (const item of prepared.plan) {
    const before = stack.resources[item.logicalId];
    const properties = await foreseenProperties(tools, item, scope);
    const change = before ? changeOf(tools, before, item, properties) : additionOf(item, properties);
    if (!change) continue;
    changes.push(change);
    if (change.Action === 'Add' || change.Replacement !== 'False') unknown.add(item.logicalId);
  }
  const planned = new Set(prepared.plan.map(({ logicalId }) => logicalId));
  const removed = Object.values(stack.resources).filter(({ logicalId }) => !planned.has(logicalId));
  return [...changes, ...removed.map(removalOf)];
}

/** The scope of the template's functions before it is applied: what is not made yet gives {@link KNOWN_AFTER_APPLY}. */
function foresight(scope: Scope, unknown: ReadonlySet<string>): Scope {
  const orUnknown = (logicalId: string, look: () => unknown) => {
    if (unknown.has(logicalId)) return KNOWN_AFTER_APPLY;
    return look();
  };
  return {
    ...scope,
    ref: (logicalId) => orUnknown(logicalId, () => scope.ref(logicalId)),
    getAtt: (logicalId, attribute) => orUnknown(logicalId, () => scope.getAtt(logicalId, attribute)),
  };
}

async function foreseenProperties(
  tools: StackTools,
  { resource }: PlannedResource,
  scope: Scope,
): Promise<Record<string, unknown>> {
  const provider = tools.provider(resource.Type)!;
  const properties: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(resource.Properties ?? {})) {
    Object.assign(properties, await foreseen(tools, name, value, scope));
  }
  return provider.takesAnyProperty ? properties : coerceProperties(properties, provider.properties);
}

/** One property, left out when it is `AWS::NoValue`; unknown when a function cannot work on what is not known yet. */
async function foreseen(tools: StackTools, name: string, value: unknown, scope: Scope): Promise<object> {
  try {
    return await resolveDynamicReferences<any>(resolveIntrinsics({ [name]: value }, scope), tools.host);
  } catch {
    return { [name]: KNOWN_AFTER_APPLY };
  }
}

function additionOf({ logicalId, resource }: PlannedResource, properties: Record<string, unknown>): ResourceChange {
  return {
    Action: 'Add',
    LogicalResourceId: logicalId,
    ResourceType: resource.Type,
    Scope: [],
    Details: [],
    AfterContext: JSON.stringify({ Properties: properties }),
  };
}

function removalOf({ logicalId, physicalId, type, properties, deletionPolicy }: ResourceRecord): ResourceChange {
  return {
    Action: 'Remove',
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    PolicyAction: deletionPolicy.startsWith('Retain') ? 'Retain' : 'Delete',
    Scope: [],
    Details: [],
    BeforeContext: JSON.stringify({ Properties: properties }),
  };
}
