import { styleText } from 'node:util';
import { printable } from '../printable';
import type { ApprovalSummary } from './client';

/** One request of a list, on two lines. */
export function renderSummary(request: ApprovalSummary): string {
  const { requestId, status, title, requester, openedAt, expiresAt, waitingFor } = request;
  const who = waitingFor.length > 0 ? `, waiting for ${waitingFor.map(printable).join(', ')}` : '';
  return [
    `${styleText('bold', requestId)}  ${status}  ${printable(title)}`,
    `  asked by ${printable(requester)} ${openedAt}, until ${expiresAt}${who}`,
  ].join('\n');
}

/** A request as indented text: member by member, nested ones below. */
export function renderRequest(request: Record<string, any>): string {
  return lines(request, '').join('\n');
}

function lines(value: Record<string, unknown>, indent: string): string[] {
  return Object.entries(value).flatMap(([name, member]) => {
    if (member === null || member === undefined) return [];
    if (typeof member !== 'object') return [`${indent}${printable(name)}: ${printable(member)}`];
    const below = lines(member as Record<string, unknown>, `${indent}  `);
    return below.length === 0 ? [`${indent}${printable(name)}: none`] : [`${indent}${printable(name)}:`, ...below];
  });
}
