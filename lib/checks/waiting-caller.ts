import type { Resource, Template } from './template-rules';

/**
 * Whether every execution of a machine has a caller who waits for its answer, and so learns of each failure: somebody may
 * run it with StartSyncExecution, and nobody in the template may start it in another way. A rule, a schedule or a pipe that
 * starts it needs a role that may.
 */
export function hasWaitingCaller(template: Template, machineId: string): boolean {
  const actions = Object.values(template.Resources ?? {}).flatMap((resource) => actionsOn(resource, machineId));
  const isStartedOtherwise = actions.some((action) => action === 'states:StartExecution' || action.includes('*'));
  return actions.includes('states:StartSyncExecution') && !isStartedOtherwise;
}

/** The actions that a policy allows on a machine. */
function actionsOn({ Type, Properties }: Resource, machineId: string): string[] {
  if (Type !== 'AWS::IAM::Policy' && Type !== 'AWS::IAM::ManagedPolicy') return [];
  const statements: { Action?: string | string[]; Resource?: unknown }[] = Properties?.PolicyDocument?.Statement ?? [];
  return statements.filter((statement) => names(statement.Resource, machineId)).flatMap(({ Action = [] }) => Action);
}

function names(value: unknown, machineId: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('Ref' in value && value.Ref === machineId) return true;
  return Object.values(value).some((inner) => names(inner, machineId));
}
