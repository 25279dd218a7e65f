import {
  DescribeStateMachineAliasCommand,
  ListStateMachineAliasesCommand,
  ListStateMachineVersionsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { executionsOf } from '../executions';

/** A version of a state machine, and what it is needed for. */
export interface MachineVersion {
  readonly arn: string;
  readonly number: number;
  readonly createdAt?: Date;
  /** The share of new executions that each alias gives it, in per cent. */
  readonly weights: Readonly<Record<string, number>>;
  /** Executions that run on it; undefined for Express machines, whose executions cannot be listed. */
  readonly running?: number;
}

/** The versions of a machine, and the executions that run on none of them. */
export interface MachineVersions {
  /** The latest first. */
  readonly versions: readonly MachineVersion[];
  /** Executions on versions that were deleted: their definition stays with them. */
  readonly runningOnDeleted: number;
  /** Executions that were started without the alias. */
  readonly runningOnNone: number;
}

/** The number at the end of a version's ARN; undefined when there is no ARN. */
export function versionNumber(versionArn: string | undefined): number | undefined {
  return versionArn === undefined ? undefined : Number(versionArn.slice(versionArn.lastIndexOf(':') + 1));
}

/** Reads the versions of a machine, its aliases, and on which versions executions run. */
export async function readVersions(sfn: SFNClient, stateMachineArn: string): Promise<MachineVersions> {
  const weights = await aliasWeights(sfn, stateMachineArn);
  const running = await runningByVersion(sfn, stateMachineArn);
  const versions: MachineVersion[] = [];
  let nextToken: string | undefined;
  do {
    const page = await sfn.send(new ListStateMachineVersionsCommand({ stateMachineArn, maxResults: 1000, nextToken }));
    for (const { stateMachineVersionArn: arn, creationDate: createdAt } of page.stateMachineVersions ?? []) {
      const number = versionNumber(arn)!;
      const share = weights.get(arn!) ?? {};
      versions.push({ arn: arn!, number, createdAt, weights: share, running: running && (running.get(number) ?? 0) });
    }
    nextToken = page.nextToken;
  } while (nextToken);
  const known = new Set(versions.map(({ number }) => number));
  const onDeleted = [...(running ?? [])].filter(([number]) => number !== undefined && !known.has(number));
  return {
    versions,
    runningOnDeleted: onDeleted.reduce((sum, [, count]) => sum + count, 0),
    runningOnNone: running?.get(undefined) ?? 0,
  };
}

/** By version ARN, then by the alias's name. */
async function aliasWeights(sfn: SFNClient, stateMachineArn: string): Promise<Map<string, Record<string, number>>> {
  const { stateMachineAliases = [] } = await sfn.send(new ListStateMachineAliasesCommand({ stateMachineArn }));
  const weights = new Map<string, Record<string, number>>();
  for (const { stateMachineAliasArn } of stateMachineAliases) {
    const alias = await sfn.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }));
    for (const { stateMachineVersionArn, weight } of alias.routingConfiguration ?? []) {
      weights.set(stateMachineVersionArn!, { ...weights.get(stateMachineVersionArn!), [alias.name!]: weight! });
    }
  }
  return weights;
}

/** How many executions run on each version, `undefined` being none; undefined for an Express machine. */
async function runningByVersion(
  sfn: SFNClient,
  machineArn: string,
): Promise<Map<number | undefined, number> | undefined> {
  const counts = new Map<number | undefined, number>();
  try {
    for await (const { stateMachineVersionArn } of executionsOf(sfn, machineArn, { status: 'RUNNING' })) {
      const number = versionNumber(stateMachineVersionArn);
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
  } catch (error) {
    if ((error as Error).name === 'StateMachineTypeNotSupported') return undefined;
    throw error;
  }
  return counts;
}

/**
 * The versions that nothing needs: behind the latest `keep`, led to by no alias, and with no execution that runs on them.
 * Executions of Express machines cannot be counted; they have ended after five minutes.
 */
export function needless({ versions }: MachineVersions, keep: number): MachineVersion[] {
  return versions.slice(keep).filter(({ weights, running = 0 }) => Object.keys(weights).length === 0 && running === 0);
}
