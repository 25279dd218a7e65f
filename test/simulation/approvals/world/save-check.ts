import { isDeepStrictEqual } from 'node:util';
import { linkHashOf } from '../../../../lambdas/approvals/domain/link';
import type { RequestWrite } from '../../../../lambdas/approvals/domain/request-store';
import type { World } from './state';
import { must } from './violation';

const ACTS_OF_A_LINK = ['Approved', 'Rejected', 'Delegated'];

/** What each write must keep, looked at in the moment in which it lands. `linkId`: the link of whoever writes, if any. */
export function checkSave(world: World, { after, auditRows }: RequestWrite, linkId: string | undefined): void {
  const was = world.request;
  must(after.version === (was?.version ?? 0) + 1, () => `version ${was?.version} is followed by ${after.version}`);
  must(!was?.decision || isDeepStrictEqual(was.decision, after.decision), () => 'a decision is changed');

  const given = after.seats.flatMap(({ answer }) => answer ?? []);
  must(new Set(given.map(({ person }) => person)).size === given.length, () => 'somebody fills two seats');
  for (const answer of given) {
    must(answer.person !== after.requester.email, () => 'the requester answers');
    must(answer.at < after.expiresAt, () => 'an answer is taken after the end');
  }
  const kept = was?.seats.every(({ answer }, seat) => !answer || isDeepStrictEqual(answer, after.seats[seat]?.answer));
  must(kept !== false, () => 'an answer is changed or forgotten');
  if (!was?.decision && after.decision?.by === 'expiry') {
    must(world.now >= after.expiresAt, () => 'a request expires before its time');
  }
  if (linkId !== undefined) checkLink(world, auditRows, linkId);
}

/** A link that is closed or was replaced opens nothing. */
function checkLink(world: World, auditRows: RequestWrite['auditRows'], linkId: string): void {
  const link = world.links[linkHashOf(linkId)];
  const isAct = auditRows.some(
    ({ act, actor }) => actor === link?.person && (ACTS_OF_A_LINK.includes(act) || act === 'Decided'),
  );
  if (!isAct || !link) return;
  must(!link.isClosed, () => `a closed link acts: ${linkId}`);
  must(world.request?.generations[link.person] === link.generation, () => `a replaced link acts: ${linkId}`);
}
