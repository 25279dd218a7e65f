import type { Change } from '../change';
import type { MailKind } from '../effect';
import type { ApprovalRequest } from '../request';

/** Mails persons a link. Who has none yet gets the first; who had the current one closed gets the next. */
export function askPeople(
  request: ApprovalRequest,
  persons: readonly string[],
  mail: Extract<MailKind, 'ask' | 'reminder' | 'escalation' | 'delegated' | 'opened'>,
): Change {
  const isClosed = (person: string) => request.closedLinks.includes(person);
  const raised = persons.map((person) => {
    const current = request.generations[person];
    return [person, current === undefined ? 1 : current + (isClosed(person) ? 1 : 0)] as const;
  });
  return {
    request: {
      ...request,
      generations: { ...request.generations, ...Object.fromEntries(raised) },
      closedLinks: request.closedLinks.filter((person) => !persons.includes(person)),
    },
    acts: [],
    effects: persons.map((to) => ({ kind: 'mail', mail, to })),
  };
}

/** Makes a person's link dead without sending another; undefined number for who never had one. */
export function withLinkReplaced(request: ApprovalRequest, person: string): ApprovalRequest {
  const current = request.generations[person];
  if (current === undefined) return request;
  return {
    ...request,
    generations: { ...request.generations, [person]: current + 1 },
    closedLinks: request.closedLinks.filter((closed) => closed !== person),
  };
}
