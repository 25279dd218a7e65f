import { AssemblyError } from '../../assembly/assembly-error';
import { brokenRules, evaluateConditions } from '../../assembly/conditions';
import { resolveIntrinsics } from '../../assembly/intrinsics';
import { resolveParameters } from '../../assembly/parameters';
import { type PlannedResource, planResources } from '../../assembly/resource-plan';
import type { Scope } from '../../assembly/scope';
import { type Template, templateFaults } from '../../assembly/template';
import { readSsmParameter, resolveDynamicReferences } from './dynamic-references';
import { validationError } from './faults';
import type { StackRecord } from './model';
import { coerceProperties, unsupportedPaths } from './property-check';
import { stackScope } from './stack-scope';
import type { StackTools } from './stack-tools';

/** A template that has passed every check which can be made before anything is created. */
export interface PreparedStack {
  readonly template: Template;
  readonly plan: readonly PlannedResource[];
  /** The scope of the template's functions, over the resources that `stack` has by then; notes imports in `imports`. */
  scope(stack: Pick<StackRecord, 'resources'>, imports: Set<string>): Scope;
}

/**
 * Checks a template and its parameters. Throws AwsError ValidationError that lists every refusal: AWS's own, and what of
 * the template is not emulated.
 */
export async function prepareStack(
  tools: StackTools,
  identity: Pick<StackRecord, 'stackName' | 'stackId'>,
  template: Template,
  given: Readonly<Record<string, string>>,
): Promise<PreparedStack> {
  const faults = templateFaults(template);
  if (faults.length > 0) throw validationError(faults.join('; '));
  try {
    const parameters = await resolveParameters(template, given, (name) => readSsmParameter(name, tools.host));
    const base = stackScope(tools, identity, template, parameters, {});
    const conditions = evaluateConditions(template, base({ resources: {} }, new Set()));
    const scope = stackScope(tools, identity, template, parameters, conditions);
    const broken = brokenRules(template, scope({ resources: {} }, new Set()));
    if (broken.length > 0) throw validationError(`Template validation error: ${broken.join('; ')}`);
    const plan = planResources(template, conditions);
    const refusals = plan.flatMap((planned) => refusalsOf(tools, identity.stackName, planned, conditions));
    if (refusals.length > 0) throw validationError(refusals.join('\n'));
    return { template, plan, scope };
  } catch (error) {
    throw error instanceof AssemblyError ? validationError(error.message) : error;
  }
}

/** A resource's properties with functions and dynamic references resolved and texts coerced. */
export async function resolveProperties(
  tools: StackTools,
  { logicalId, resource }: PlannedResource,
  scope: Scope,
): Promise<Record<string, unknown>> {
  const spec = tools.provider(resource.Type)!.properties;
  const resolved = resolveIntrinsics(resource.Properties ?? {}, scope);
  const properties = coerceProperties(await resolveDynamicReferences(resolved, tools.host), spec);
  const unsupported = unsupportedPaths(properties, spec);
  if (unsupported.length === 0) return properties;
  throw validationError(unsupported.map((path) => refusal(scope.stackName, logicalId, resource.Type, path)).join('\n'));
}

function refusalsOf(
  tools: StackTools,
  stackName: string,
  { logicalId, resource }: PlannedResource,
  conditions: Readonly<Record<string, boolean>>,
): string[] {
  const provider = tools.provider(resource.Type);
  if (provider) {
    const paths = unsupportedPaths(resource.Properties ?? {}, provider.properties, conditions);
    return paths.map((path) => refusal(stackName, logicalId, resource.Type, path));
  }
  const isCustom = resource.Type.startsWith('Custom::') || resource.Type === 'AWS::CloudFormation::CustomResource';
  const advice = isCustom
    ? 'custom resources are not emulated: use the resource that does the same without one'
    : 'this resource type is not emulated: leave it out of the stages that run embedded';
  return [`stack ${stackName}: ${logicalId} (${resource.Type}): ${advice}`];
}

function refusal(stackName: string, logicalId: string, type: string, path: string): string {
  return (
    `stack ${stackName}: ${logicalId} (${type}): property ${path} is not emulated: ` +
    'leave it out of the stages that run embedded'
  );
}
