import type { Change } from '../change';
import type { Link } from '../link';
import type { ApprovalRequest } from '../request';

/** Closes a link after wrong codes and tells its owner. Undefined when it opens nothing any more anyway. */
export function closeLink(request: ApprovalRequest, { person, generation }: Link): Change | undefined {
  const isCurrent = request.generations[person] === generation && !request.closedLinks.includes(person);
  if (request.status !== 'pending' || !isCurrent) return undefined;
  return {
    request: { ...request, closedLinks: [...request.closedLinks, person] },
    acts: [{ act: 'LinkClosed', actor: person, details: { generation } }],
    effects: [{ kind: 'mail', mail: 'link-closed', to: person }],
  };
}
