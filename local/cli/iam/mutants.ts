import { type AttachedPolicy, type Named, namesIn, type WrittenStatement, without } from './policy-statement';

/** A policy from which one action, resource or principal of one statement was taken. */
export interface Mutant {
  readonly policy: AttachedPolicy;
  /** Of the statement in its policy. */
  readonly statementIndex: number;
  readonly statement: WrittenStatement;
  readonly taken: Named;
  /** Absent when nothing is left of it. */
  readonly mutated: WrittenStatement | undefined;
}

/** Everything that can be taken from the policies, one at a time, in their order. */
export function mutantsOf(policies: readonly AttachedPolicy[]): Mutant[] {
  return policies.flatMap((policy) =>
    policy.document.Statement.flatMap((statement, statementIndex) =>
      namesIn(statement).map((taken) => ({
        policy,
        statementIndex,
        statement,
        taken,
        mutated: without(statement, taken),
      })),
    ),
  );
}

/** A mutant in one line: where it is and what was taken. */
export function describeMutant({ policy, statementIndex, statement, taken }: Mutant): string {
  const where = `${policy.logicalId}, ${statement.Sid || `statement ${statementIndex + 1}`}`;
  return `${where}: ${taken.element} ${taken.name}`;
}
