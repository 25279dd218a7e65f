import type { Rule, Seat } from './request';

/** How the answers so far decide: undefined while they do not. */
export function verdictOf(rule: Rule, seats: readonly Seat[]): 'approved' | 'rejected' | undefined {
  const approvals = seats.filter(({ answer }) => answer?.decision === 'approve').length;
  const rejections = seats.filter(({ answer }) => answer?.decision === 'reject').length;
  const needed = rule.kind === 'kOf' ? rule.needed : seats.length;
  if (approvals >= needed) return 'approved';
  return seats.length - rejections < needed ? 'rejected' : undefined;
}

/** The rule as a person reads it. */
export function ruleInWords(rule: Rule, seats: readonly Seat[]): string {
  if (rule.kind === 'anyOf') {
    const approvers = seats[0]?.holders.length ?? 0;
    return approvers === 1 ? 'one approver decides' : `one of ${approvers} approvers decides`;
  }
  if (seats.length === 1) return 'one approver decides';
  if (rule.kind === 'inSequence') return `${seats.length} approvers must approve, one after another`;
  return rule.needed === seats.length
    ? `all ${seats.length} approvers must approve`
    : `${rule.needed} of ${seats.length} approvers must approve`;
}
