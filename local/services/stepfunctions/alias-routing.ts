import { splitQualifier } from './arn';
import { type ServiceContext, seconds } from './context';
import { resourceNotFound, validation } from './faults';
import type { AliasRecord, MachineRecord, Route } from './model';

const ALIAS_NAME = /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/;
const ALIAS_PATTERN = '^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$';

/** Throws ValidationException for a name that AWS's pattern does not admit, such as one of digits alone. */
export function refuseBadAliasName(name: string): void {
  if (ALIAS_NAME.test(name)) return;
  throw validation(
    `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: ` +
      `Member must satisfy regular expression pattern: ${ALIAS_PATTERN}`,
  );
}

/** One or two versions of one machine whose weights make a hundred. */
export function readRoutes(context: ServiceContext, given: Route[]): { machine: MachineRecord; routes: Route[] } {
  if (!Array.isArray(given) || given.length === 0 || given.length > 2) {
    const bound = Array.isArray(given) && given.length > 2 ? 'less than or equal to 2' : 'greater than or equal to 1';
    throw validation(
      `1 validation error detected: Value '${JSON.stringify(given)}' at 'routingConfiguration' failed to satisfy ` +
        `constraint: Member must have length ${bound}`,
    );
  }
  const arns = given.map((route) => route.stateMachineVersionArn);
  const weights = given.map((route) => route.weight);
  const parts = arns.map((arn) => splitQualifier(arn));
  if (parts.some(({ qualifier }) => qualifier === undefined || !/^\d+$/.test(qualifier))) {
    throw validation(`Routing configuration must contain state machine version ARNs. Received: [${arns.join(', ')}]`);
  }
  if (new Set(arns).size !== arns.length) {
    throw validation(
      `Routing configuration must contain distinct state machine version ARNs. Received: [${arns.join(', ')}]`,
    );
  }
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) {
    throw validation(`Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`);
  }
  if (new Set(parts.map(({ machineArn }) => machineArn)).size > 1) {
    throw validation(
      `Routing configuration must contain versions of the same state machine. Received: [${arns.join(', ')}]`,
    );
  }
  const machine = context.store.machines.get(parts[0]!.machineArn);
  const missing = arns.find((arn) => !machine?.versions.some((version) => version.arn === arn));
  if (!machine || missing) throw resourceNotFound(missing ?? arns[0]!);
  return {
    machine,
    routes: given.map(({ stateMachineVersionArn, weight }) => ({ stateMachineVersionArn, weight })),
  };
}

/** What CreateStateMachineAlias answers. */
export function aliasAnswer(alias: AliasRecord) {
  return { stateMachineAliasArn: alias.arn, creationDate: seconds(alias.creationDate) };
}
