import { styleText } from 'node:util';
import type { AskedRequest } from '../../services/iam/decision-record';
import { describeMutant } from './mutants';
import type { AttachedPolicy } from './policy-statement';
import { type GrantUse, type Usage, unused } from './usage';
import type { Verdict } from './verdict';
import { whoAsked } from './workload/account';

/** `npm run iam -- report` in lines: a line for each role and each policy of a resource, then what was not used and why, then refusals. */
export function usageLines(usage: Usage): string[] {
  const nameOf = subjectNames(usage.grants);
  const rows = [...grouped(usage.grants, ({ policy }) => nameOf(policy))].map(([subject, grants]) => {
    const used = grants.filter(({ uses }) => uses > 0).length;
    const note = grants.filter(({ byAws }) => byAws).length;
    const mark = grants.some((grant) => unused({ grants: [grant], refused: [] }).length > 0) ? '✘' : '✔';
    return `${mark} ${subject}: ${used} of ${grants.length} used${note > 0 ? `, ${note} by AWS alone` : ''}`;
  });
  return [
    heading('Grants'),
    ...rows,
    '',
    ...explained('Exercised by AWS alone', usage.grants, ({ byAws }) => byAws),
    ...explained('Not reached by the workload', usage.grants, ({ notReached }) => notReached),
    heading('Granted and never used'),
    ...orNone(unused(usage).map((grant) => `✘ ${grantText(grant)}`)),
    '',
    heading('Refused'),
    ...orNone(usage.refused.map((one) => `✘ ${refusalText(one)}`)),
  ];
}

/** Who was refused what. */
export function refusalText(asked: AskedRequest): string {
  return `${whoAsked(asked)} was refused ${asked.action} on ${asked.resource}.`;
}

/** `npm run iam -- mutate` in lines: the mutants that nobody noticed with the reason, then the share of the others. */
export function verdictLines({ noticed, unnoticed, byAws, share }: Verdict): string[] {
  const lines = unnoticed.map(
    ({ mutant, why }) => `${why ? ' ' : '✘'} ${describeMutant(mutant)}\n    ${why?.why ?? 'no reason is known'}`,
  );
  const judged = noticed.length + unnoticed.length;
  return [
    heading('Mutants that nobody noticed'),
    ...orNone(lines),
    '',
    `${noticed.length} of ${judged} mutants are noticed: ${(share * 100).toFixed(1)} %.`,
    `${byAws.length} more take away what AWS alone exercises; npm run iam -- report lists it with its source.`,
  ];
}

function explained(
  title: string,
  grants: readonly GrantUse[],
  explanationOf: (grant: GrantUse) => GrantUse['byAws'],
): string[] {
  const about = grants.filter((grant) => explanationOf(grant));
  const groups = grouped(about, (grant) => explanationOf(grant)!);
  const lines = [...groups].flatMap(([{ why, source }, members]) => [
    `  ${why}${source ? ` ${source}` : ''}`,
    ...[...grouped(members, ({ policy }) => policy.logicalId)].map(
      ([logicalId, grants]) => `    ${logicalId}: ${[...new Set(grants.map(({ taken }) => taken.name))].join(', ')}`,
    ),
  ]);
  return [heading(title), ...orNone(lines), ''];
}

/** A role's own policies are named by the role, all others by themselves. */
function subjectNames(grants: readonly GrantUse[]): (policy: AttachedPolicy) => string {
  const trusts = grants.filter(({ policy }) => policy.path[0] === 'AssumeRolePolicyDocument');
  const roles = new Map(trusts.map(({ policy }) => [policy.attachedTo[0], policy.logicalId]));
  return ({ attachedTo, logicalId }) => roles.get(attachedTo[0]) ?? logicalId;
}

function grantText({ policy, statement, taken }: GrantUse): string {
  const actions = taken.element === 'Action' ? '' : ` (${[statement.Action].flat().join(', ')})`;
  return `${policy.logicalId}: ${taken.element} ${taken.name}${actions}`;
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function heading(text: string): string {
  return styleText('bold', text);
}

function orNone(lines: string[]): string[] {
  return lines.length > 0 ? lines : ['  none'];
}
