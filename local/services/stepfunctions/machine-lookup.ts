import { parseArn, splitQualifier } from './arn';
import type { ServiceContext } from './context';
import { resourceNotFound, stateMachineDoesNotExist } from './faults';
import type { AliasRecord, MachineRecord, Revision, VersionRecord } from './model';

/** What a state machine ARN, qualified or not, means at this moment. */
export interface ResolvedMachine {
  readonly machine: MachineRecord;
  readonly revision: Revision;
  readonly version?: VersionRecord;
  readonly alias?: AliasRecord;
}

/** The machine of an unqualified ARN. Throws InvalidArn or StateMachineDoesNotExist. */
export function machineOf(context: ServiceContext, arn: string): MachineRecord {
  parseArn(arn, 'stateMachine');
  const machine = context.store.machines.get(arn);
  if (!machine) throw stateMachineDoesNotExist(arn);
  return machine;
}

/**
 * The machine, version or alias that an ARN names, with the revision that a new execution runs. An alias with two
 * routes is decided by their weights.
 */
export function resolveMachine(context: ServiceContext, arn: string): ResolvedMachine {
  const { machines } = context.store;
  const unqualified = machines.get(arn);
  if (unqualified) return { machine: unqualified, revision: machines.revision(unqualified.revisionKey) };
  const { machineArn, qualifier } = splitQualifier(arn);
  const machine = machines.get(machineArn);
  if (!machine || qualifier === undefined) throw stateMachineDoesNotExist(arn);
  const alias = machine.aliases.find((candidate) => candidate.name === qualifier);
  const versionArn = alias ? pickRoute(alias, context.host.kernel.random.next()) : arn;
  const version = machine.versions.find((candidate) => candidate.arn === versionArn);
  if (!version) throw stateMachineDoesNotExist(arn);
  return { machine, revision: machines.revision(version.revisionKey), version, alias };
}

function pickRoute(alias: AliasRecord, chance: number): string {
  const [first, second] = alias.routes;
  return second && chance * 100 >= first!.weight ? second.stateMachineVersionArn : first!.stateMachineVersionArn;
}

/** An alias by its ARN; throws ResourceNotFound. */
export function aliasOf(context: ServiceContext, arn: string): { machine: MachineRecord; alias: AliasRecord } {
  const { machineArn, qualifier } = splitQualifier(arn);
  const machine = context.store.machines.get(machineArn);
  const alias = machine?.aliases.find((candidate) => candidate.name === qualifier);
  if (!machine || !alias) throw resourceNotFound(arn);
  return { machine, alias };
}

/** The IAM resource of a machine ARN: its unqualified form, with the qualifier as a condition key. */
export function machineAccess(action: string, arn: unknown) {
  const text = typeof arn === 'string' ? arn : '*';
  const parts = text.split(':');
  const isQualified = parts.length === 8 && parts[5] === 'stateMachine';
  return [
    isQualified
      ? {
          action: `states:${action}`,
          resource: parts.slice(0, 7).join(':'),
          context: { 'states:StateMachineQualifier': parts[7]! },
        }
      : { action: `states:${action}`, resource: text },
  ];
}
