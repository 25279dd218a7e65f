import type { Change } from '../change';
import type { ApprovalRequest } from '../request';
import { waitedFor } from '../seats';
import { askPeople } from './ask-people';

/** Reminds everybody who is waited for, in one mail each; who had the link closed gets a new one. */
export function remind(request: ApprovalRequest, actor: string): Change {
  const persons = waitedFor(request);
  const change = askPeople(request, persons, 'reminder');
  return { ...change, acts: [{ act: 'Reminded', actor, details: { persons: persons.length } }] };
}
