import { AssemblyError } from '../../assembly/assembly-error';
import { brokenRules, evaluateConditions } from '../../assembly/conditions';
import { resolveIntrinsics } from '../../assembly/intrinsics';
import { type ParameterValue, resolveParameters } from '../../assembly/parameters';
import { type PlannedResource, planResources } from '../../assembly/resource-plan';
import type { Scope } from '../../assembly/scope';
import { type Template, templateFaults } from '../../assembly/template';
import type { Refusal } from './change-set/model';
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
  readonly conditions: Readonly<Record<string, boolean>>;
  /** The values of all parameters as text: given, or by default; of those that come from SSM its names. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What SSM held for the parameters that come from it. */
  readonly ssmValues: Readonly<Record<string, string>>;
  /** What of the template is not emulated. */
  readonly refusals: readonly Refusal[];
  /** The scope of the template's functions, over the resources that `stack` has by then; notes imports in `imports`. */
  scope(stack: Pick<StackRecord, 'resources'>, imports: Set<string>): Scope;
}

/**
 * Reads a template with its parameters. Throws AwsError ValidationError for what AWS refuses at once; what is not emulated
 * stands in `refusals`.
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
    const parameters = await resolveParameters(template, given, (name) => readParameter(tools, name));
    const base = stackScope(tools, identity, template, parameters, {});
    const conditions = evaluateConditions(template, base({ resources: {} }, new Set()));
    const scope = stackScope(tools, identity, template, parameters, conditions);
    const broken = brokenRules(template, scope({ resources: {} }, new Set()));
    if (broken.length > 0) throw validationError(`Template validation error: ${broken.join('; ')}`);
    const plan = planResources(template, conditions);
    const refusals = plan.flatMap((planned) => refusalsOf(tools, identity.stackName, planned, conditions));
    const texts = parameterTexts(template, given);
    return { template, plan, conditions, parameters: texts, ssmValues: fromSsm(template, parameters), refusals, scope };
  } catch (error) {
    throw error instanceof AssemblyError ? validationError(error.message) : error;
  }
}

/** Throws ValidationError that lists everything which is not emulated, and tells whoever runs this. */
export function checkEmulated({ report }: StackTools, { refusals }: PreparedStack): void {
  for (const { message } of refusals) report?.(message);
  if (refusals.length > 0) throw validationError(refusals.map(({ message }) => message).join('\n'));
}

function parameterTexts(template: Template, given: Readonly<Record<string, string>>): Record<string, string> {
  const declared = Object.entries(template.Parameters ?? {});
  return Object.fromEntries(declared.map(([name, { Default }]) => [name, given[name] ?? String(Default)]));
}

function fromSsm(template: Template, values: Readonly<Record<string, ParameterValue>>): Record<string, string> {
  const names = Object.keys(values).filter((name) => template.Parameters![name]!.Type.startsWith('AWS::SSM::'));
  return Object.fromEntries(names.map((name) => [name, [values[name]!].flat().join(',')]));
}

async function readParameter({ host, ssmDefaults }: StackTools, name: string): Promise<string> {
  try {
    return await readSsmParameter(name, host);
  } catch (error) {
    if (Object.hasOwn(ssmDefaults, name)) return ssmDefaults[name]!;
    throw error;
  }
}

/** A resource's properties with functions and dynamic references resolved and texts coerced. */
export async function resolveProperties(
  tools: StackTools,
  { logicalId, resource }: PlannedResource,
  scope: Scope,
): Promise<Record<string, unknown>> {
  const provider = tools.provider(resource.Type)!;
  const resolved = resolveIntrinsics(resource.Properties ?? {}, scope);
  const given: Record<string, unknown> = await resolveDynamicReferences<any>(resolved, tools.host);
  if (provider.takesAnyProperty) return given;
  const properties = coerceProperties(given, provider.properties);
  const unsupported = unsupportedPaths(properties, provider.properties);
  if (unsupported.length === 0) return properties;
  throw validationError(
    unsupported.map((path) => refusedProperty(scope.stackName, logicalId, resource.Type, path).message).join('\n'),
  );
}

function refusalsOf(
  tools: StackTools,
  stackName: string,
  { logicalId, resource }: PlannedResource,
  conditions: Readonly<Record<string, boolean>>,
): Refusal[] {
  const { Type: type, Properties = {} } = resource;
  const provider = tools.provider(type);
  if (provider?.takesAnyProperty) return [];
  if (provider) {
    const paths = unsupportedPaths(Properties, provider.properties, conditions);
    return paths.map((path) => refusedProperty(stackName, logicalId, type, path));
  }
  const message = `stack ${stackName}: ${logicalId} (${type}): this resource type is not emulated: ${ADVICE}`;
  return [{ logicalId, type, path: `/Resources/${logicalId}/Type`, message }];
}

const ADVICE = 'leave it out of the stages that run embedded';

function refusedProperty(stackName: string, logicalId: string, type: string, path: string): Refusal {
  return {
    logicalId,
    type,
    path: `/Resources/${logicalId}/Properties/${path.replaceAll('.', '/')}`,
    message: `stack ${stackName}: ${logicalId} (${type}): property ${path} is not emulated: ${ADVICE}`,
  };
}
