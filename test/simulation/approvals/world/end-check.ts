/** Owns what must be so once everything that was set in motion has come to rest. */
import { isDeepStrictEqual } from 'node:util';
import { verifyChain } from '../../../../bin/commands/audit/verify-chain';
import { linkHashOf, MOST_ATTEMPTS } from '../../../../lambdas/approvals/domain/link';
import type { ApprovalRequest } from '../../../../lambdas/approvals/domain/request';
import { type ActorKind, click, STREAM, SWEEP_AFTER_MS, SWEEPER } from './actors';
import { runAlone, runTriggers, type State, toldBy } from './moves';
import { REFUSED_ADDRESS, RIGHT_CODE } from './outside-steps';
import type { World } from './state';
import { must } from './violation';

const checked = new WeakMap<World, Promise<World>>();

/** Checks a state in which nothing can happen any more. Gives how the request stands in the end. */
export async function checkEnd({ world, actors }: State, kinds: readonly ActorKind[]): Promise<string> {
  const hasStream = kinds.some(({ trigger }) => trigger === 'stream');
  const known = checked.get(world) ?? checkWorld(hasStream ? world : await runTriggers(world, STREAM));
  checked.set(world, known);
  const end = await known;
  const told = actors.flatMap(({ kind, position }) =>
    position.kind === 'done' ? [{ kind: kinds[kind]!, told: position.told }] : [],
  );
  checkTold(world, told);
  return end.request?.status ?? 'never asked';
}

async function checkWorld(world: World): Promise<World> {
  if (world.request && !world.hasLost) {
    must(world.request.effects.length === 0, () => `effects are left: ${JSON.stringify(world.request?.effects)}`);
    checkWakeAhead(world);
  }
  const swept = await sweepUntilQuiet(world);
  const { request } = swept;
  if (!request) return swept;
  must(request.effects.length === 0, () => `the sweeper leaves effects: ${JSON.stringify(request.effects)}`);
  checkAudit(swept, request);
  checkTasks(swept, request);
  checkMails(swept, request);
  if (request.status === 'pending') {
    await checkCanBeAnswered(swept, request);
    await checkExpires(swept, request);
  }
  return swept;
}

/** As long as the sweeper finds something; it is only needed after something was given up. */
async function sweepUntilQuiet(world: World): Promise<World> {
  let current = await runTriggers(world, STREAM);
  for (let rounds = 0; rounds < 5; rounds++) {
    const later = { ...current, now: current.now + SWEEP_AFTER_MS };
    const swept = await runTriggers((await runAlone(later, SWEEPER)).world, STREAM);
    if (swept.request?.version === current.request?.version) return swept;
    current = swept;
  }
  return current;
}

function checkWakeAhead({ request, schedules, now }: World): void {
  if (request?.status !== 'pending') return;
  const { remindAt, escalation, escalatedAt, expiresAt } = request;
  const escalateAt = escalation && escalatedAt === undefined ? escalation.at : expiresAt;
  const next = Math.ceil(Math.min(expiresAt, escalateAt, ...remindAt) / 1000) * 1000;
  must(schedules.includes(next), () => `at ${now} no schedule wakes the request at ${next}: ${schedules}`);
}

function checkAudit({ auditRows }: World, request: ApprovalRequest): void {
  const broken = verifyChain(request.requestId, auditRows, request.audit);
  must(!broken, () => `the audit chain does not hold: ${JSON.stringify(broken)}`);
  const count = (act: string) => auditRows.filter((row) => row.act === act).length;
  const { decision, seats } = request;
  must(count('RequestOpened') === 1, () => `${count('RequestOpened')} rows say that it was opened`);
  must(count('Decided') === (decision ? 1 : 0), () => `${count('Decided')} rows say that it was decided`);
  const answers = seats.flatMap(({ answer }) => answer ?? []);
  must(count('Approved') + count('Rejected') === answers.length, () => 'answers and their audit rows differ in number');
  for (const { person, decision: said } of answers) {
    const act = said === 'approve' ? 'Approved' : 'Rejected';
    must(
      auditRows.some((row) => row.act === act && row.actor === person),
      () => `no row has the answer of ${person}`,
    );
  }
  const decided = auditRows.find(({ act }) => act === 'Decided');
  must(decided?.details.status === decision?.status, () => 'the audit tells of another decision');
}

function checkTasks({ tasks }: World, { token, decision, callback }: ApprovalRequest): void {
  const entry = Object.entries(tasks).find(([taskToken]) => token.ciphertext.endsWith(` ${taskToken}`));
  must(entry !== undefined, () => 'the request has no token of a task');
  const [taskToken, task] = entry;
  const others = Object.entries(tasks).filter(([other, { state }]) => other !== taskToken && state === 'waiting');
  must(!decision || others.length === 0, () => `${others.map(([other]) => other)} waits for ever`);
  must(decision !== undefined || task.state !== 'answered', () => 'the workflow was answered without a decision');
  if (!decision) return;
  must(task.state !== 'waiting', () => 'the request is decided and the workflow still waits');
  must(callback === 'delivered' || callback === 'gone', () => `the callback is ${callback} in the end`);
  const { status } = decision;
  const { answer } = task;
  if (answer)
    must((answer.output !== undefined) === (status === 'approved'), () => `the workflow did not see ${status}`);
  if (answer?.output) {
    must(isDeepStrictEqual(answer.output.payload, decision.payload), () => 'the workflow saw another payload');
  }
}

function waitedFor({ status, rule, seats }: ApprovalRequest): string[] {
  if (status !== 'pending') return [];
  const open = seats.filter(({ answer }) => !answer);
  const answered = seats.flatMap(({ answer }) => answer?.person ?? []);
  const holders = (rule.kind === 'inSequence' ? open.slice(0, 1) : open).flatMap((seat) => seat.holders);
  return [...new Set(holders)].filter((person) => !answered.includes(person));
}

/** The last link that a person was mailed and that still works. */
function workingLinkOf({ mails, links, request }: World, person: string): string | undefined {
  return mails.find(({ to, linkId }) => {
    const link = linkId === undefined || to !== person ? undefined : links[linkHashOf(linkId)];
    return link && !link.isClosed && request?.generations[person] === link.generation;
  })?.linkId;
}

function checkMails(world: World, request: ApprovalRequest): void {
  const { mails } = world;
  const has = (kind: string, to: string) => mails.some((mail) => mail.kind === kind && mail.to === to);
  for (const person of waitedFor(request)) {
    const isToldWhyNot = has('link-closed', person) || person === REFUSED_ADDRESS;
    must(
      workingLinkOf(world, person) !== undefined || isToldWhyNot,
      () => `${person} is waited for and has no link that works`,
    );
  }
  if (!request.decision) return;
  for (const person of Object.keys(request.generations)) {
    must(has('outcome', person) || person === REFUSED_ADDRESS, () => `${person} is not told how it ended`);
  }
}

/** Those who are waited for open what they were mailed, one after another, until it is decided. */
async function checkCanBeAnswered(world: World, request: ApprovalRequest): Promise<void> {
  let current = world;
  const isStuck = () => waitedFor(current.request!).every((person) => workingLinkOf(current, person) === undefined);
  for (let answers = 0; answers <= request.seats.length; answers++) {
    const next = waitedFor(current.request!).find((person) => workingLinkOf(current, person) !== undefined);
    if (next === undefined) break;
    const linkId = workingLinkOf(current, next)!;
    const generation = Number(linkId.slice(linkId.lastIndexOf('.') + 1));
    const act = { kind: 'approve', code: RIGHT_CODE, payloadHash: request.payloadHash } as const;
    const { world: after, value } = await runAlone(current, click(next, act, { generation }));
    // After a crash between reserving and deciding, attempts may be used up for a minute.
    const told = toldBy(value);
    const isUsedUp = current.links[linkHashOf(linkId)]!.attempts >= MOST_ATTEMPTS;
    if (told !== 'done' && isUsedUp) return;
    must(told === 'done', () => `${next} cannot answer with the link that was mailed: ${told}`);
    current = await runTriggers(after, STREAM);
  }
  const isWaitingForNobody = waitedFor(current.request!).length === 0 && current.request!.status === 'pending';
  must(!isWaitingForNobody, () => 'the request waits, and there is nobody left who can answer');
  must(current.request!.status !== 'pending' || isStuck(), () => 'everybody answered and nothing is decided');
}

/** Without an answer the schedules alone bring it to its end. */
async function checkExpires(world: World, { expiresAt }: ApprovalRequest): Promise<void> {
  let current = world;
  while (current.now < expiresAt && !world.hasLost) {
    const next = Math.min(...current.schedules);
    must(next <= expiresAt + 1000, () => 'no schedule is left before the end');
    current = await runTriggers({ ...current, now: Math.max(next, current.now) }, STREAM);
  }
  const ended = world.hasLost ? await sweepUntilQuiet({ ...current, now: expiresAt }) : current;
  must(ended.request?.status === 'expired', () => `at its end the request is ${ended.request?.status}`);
}

/** Who was told that something is done finds it in the audit trail. */
function checkTold({ auditRows, request }: World, told: readonly { kind: ActorKind; told: string }[]): void {
  const rows = new Map<string, number>();
  const wrong = new Map<string, number>();
  const right = new Map<string, number>();
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const { kind, told: what } of told) {
    if (!kind.click) continue;
    const { person, linkId, act } = kind.click;
    if (what === 'done') add(rows, `${ROWS[act.kind]} ${person}`);
    add(what === 'code-wrong' ? wrong : right, linkId);
  }
  for (const [row, count] of rows) {
    const written = auditRows.filter(({ act, actor }) => `${act} ${actor}` === row).length;
    must(written >= count, () => `${count} were told that it is done (${row}); the audit has ${written}`);
  }
  for (const [linkId, count] of wrong) {
    const most = MOST_ATTEMPTS + (right.get(linkId) ?? 0);
    must(count <= most, () => `${count} wrong codes were tried on ${linkId}`);
    const isClosed = request?.closedLinks.length || request?.status !== 'pending' || linkIsDead(request, linkId);
    const isAllTried = count >= MOST_ATTEMPTS && !right.has(linkId);
    must(!isAllTried || Boolean(isClosed), () => `${count} wrong codes leave ${linkId} open`);
  }
}

function linkIsDead(request: ApprovalRequest, linkId: string): boolean {
  const [person, generation] = [linkId.slice(0, linkId.lastIndexOf('.')), linkId.slice(linkId.lastIndexOf('.') + 1)];
  return request.generations[person] !== Number(generation);
}

const ROWS = { approve: 'Approved', reject: 'Rejected', delegate: 'Delegated', revoke: 'Decided' } as const;
