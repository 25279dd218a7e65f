import { SeededRandom } from '../../../local/kernel/random';
import { type ApprovalStacks, payloadHashIn } from '../../support/approvals/approval-stacks';
import { RawClient } from '../../support/approvals/raw-request';
import { look, submitted } from './scanner-requests';

/** Requests that the stage lets through at once. */
const AT_ONCE = 50;

/** What a scan came to. */
export interface Scan {
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Rows of the request and of the link, before and after. */
  readonly before: object;
  readonly after: object;
}

/** Opens a request and lets scanners at its link: `looks` GETs and HEADs, `posts` forms without the code. */
export async function scan(stacks: ApprovalStacks, looks: number, posts: number): Promise<Scan> {
  const random = new SeededRandom('scanners');
  const { requestId, linkId } = await stacks.invite();
  await stacks.settled(requestId);
  const rows = async () => ({ request: await stacks.row(requestId), link: await stacks.linkRow(linkId) });
  const before = await rows();
  const path = `/a/${linkId}`;
  const payloadHash = payloadHashIn((await stacks.page(path)).body);
  const client = new RawClient(stacks.outputs.ApprovalsApiUrl!);
  const statuses: Record<number, number> = {};
  for (let sent = 0; sent < looks + posts; sent += AT_ONCE) {
    await stacks.leap(2_000);
    const batch = Array.from({ length: Math.min(AT_ONCE, looks + posts - sent) }, async (_, index) => {
      const { path: target, request } =
        sent + index < posts ? submitted(path, payloadHash, random) : look(path, random);
      const { status } = await client.send(target, request);
      statuses[status] = (statuses[status] ?? 0) + 1;
    });
    await Promise.all(batch);
  }
  client.close();
  return { statuses, before, after: await rows() };
}
