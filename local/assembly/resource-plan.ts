import { AssemblyError } from './assembly-error';
import { type DependencyGraph, dependencyOrder } from './dependency-order';
import { intrinsicName } from './intrinsics';
import { subReferences } from './sub-expression';
import type { Template, TemplateResource } from './template';

/** One resource that is to be created, and what must stand before it. */
export interface PlannedResource {
  readonly logicalId: string;
  readonly resource: TemplateResource;
  /** Logical ids of other planned resources. */
  readonly dependsOn: readonly string[];
}

/**
 * The resources whose condition holds, each after those it refers to or names in DependsOn.
 * Throws AssemblyError for a circle, and in AWS's words for a name that the template does not have.
 */
export function planResources(template: Template, conditions: Readonly<Record<string, boolean>>): PlannedResource[] {
  const present = new Set(
    Object.entries(template.Resources)
      .filter(([, { Condition }]) => Condition === undefined || conditionHolds(Condition, conditions))
      .map(([logicalId]) => logicalId),
  );
  const graph: DependencyGraph = new Map(
    [...present].map((logicalId) => [logicalId, dependenciesOf(logicalId, template, present, conditions)]),
  );
  return dependencyOrder(graph).map((logicalId) => ({
    logicalId,
    resource: template.Resources[logicalId]!,
    dependsOn: [...graph.get(logicalId)!],
  }));
}

function dependenciesOf(
  logicalId: string,
  template: Template,
  present: ReadonlySet<string>,
  conditions: Readonly<Record<string, boolean>>,
): Set<string> {
  const { Properties, DependsOn } = template.Resources[logicalId]!;
  const referred = [...references(Properties, conditions)].filter((name) => !name.includes('::'));
  const unknown = referred.filter((name) => !present.has(name) && !Object.hasOwn(template.Parameters ?? {}, name));
  if (unknown.length > 0) {
    throw new AssemblyError(
      `Template format error: Unresolved resource dependencies [${unknown.join(', ')}] in the Resources block of the template`,
    );
  }
  const named = DependsOn === undefined ? [] : typeof DependsOn === 'string' ? [DependsOn] : DependsOn;
  const lost = named.filter((name) => !Object.hasOwn(template.Resources, name));
  if (lost.length > 0) {
    throw new AssemblyError(
      `Template format error: Unresolved resource dependencies [${lost.join(', ')}] in DependsOn of ${logicalId}`,
    );
  }
  // A resource that its condition leaves out is no reason to wait.
  return new Set([...referred, ...named].filter((name) => present.has(name)));
}

/** The names that `Ref`, `Fn::GetAtt` and `Fn::Sub` ask for, of `Fn::If` only the branch that is taken. */
function* references(value: unknown, conditions: Readonly<Record<string, boolean>>): Generator<string> {
  if (value === null || typeof value !== 'object') return;
  const name = intrinsicName(value);
  const argument = name ? (value as Record<string, any>)[name] : undefined;
  switch (name) {
    case 'Ref':
      yield String(argument);
      return;
    case 'Fn::GetAtt':
      yield typeof argument === 'string' ? argument.split('.')[0]! : String(argument[0]);
      return;
    case 'Fn::Sub':
      for (const reference of subReferences(argument)) {
        yield reference.includes('::') ? reference : reference.split('.')[0]!;
      }
      if (Array.isArray(argument)) yield* references(argument[1], conditions);
      return;
    case 'Fn::If':
      yield* references(conditionHolds(String(argument[0]), conditions) ? argument[1] : argument[2], conditions);
      return;
    default:
      for (const item of Object.values(value)) yield* references(item, conditions);
  }
}

function conditionHolds(name: string, conditions: Readonly<Record<string, boolean>>): boolean {
  const value = conditions[name];
  if (value === undefined)
    throw new AssemblyError(`Template error: Unresolved condition ${name}: it is not in Conditions`);
  return value;
}
