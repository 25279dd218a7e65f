/** Owns the other ports as steps: Step Functions, SES, Scheduler, KMS and the dead-letter queue, as far as they matter. */

import { linkHashOf } from '../../../../lambdas/approvals/domain/link';
import { MailRefused } from '../../../../lambdas/approvals/domain/mail-refused';
import type { ApprovalMail } from '../../../../lambdas/approvals/domain/mailer';
import { checkCallback } from './callback-check';
import { type SentMail, type World, withItem } from './state';
import type { Step } from './store-steps';
import { must } from './violation';

/** Mail to this address is never accepted. */
export const REFUSED_ADDRESS = 'nobody@example.com';

/** The code of every link, and one that is wrong. */
export const RIGHT_CODE = '314159';
export const WRONG_CODE = '271828';

/** The id of a person's link; in the world of one request these two name it. */
export function linkIdOf(person: string, generation = 1): string {
  return `${person}.${generation}`;
}

/** What a task's token is sealed to, and back. */
const SEAL = 'sealed ';

function answerTask(world: World, taskToken: string, answer: NonNullable<World['tasks'][string]['answer']>) {
  const task = world.tasks[taskToken];
  must(task !== undefined, () => `a task is answered that nobody waits for: ${taskToken}`);
  if (task.state !== 'waiting') return { world, value: 'gone' };
  checkCallback(world, answer);
  return {
    world: { ...world, tasks: { ...world.tasks, [taskToken]: { state: 'answered' as const, answer } } },
    value: 'delivered',
  };
}

/** The steps by port and method. */
export const OUTSIDE_STEPS: Readonly<Record<string, Step>> = {
  'callback.succeed': (world, token: string, output: object) => answerTask(world, token, { output }),
  'callback.fail': (world, token: string, error: string, cause: object) => answerTask(world, token, { error, cause }),

  'mailer.send'(world, { kind, to, link }: ApprovalMail) {
    if (to === REFUSED_ADDRESS) throw new MailRefused('The address is not accepted.');
    const linkId = link && decodeURIComponent(link.url.split('/a/')[1] ?? '');
    const row = linkId === undefined ? undefined : world.links[linkHashOf(linkId)];
    must(linkId === undefined || row !== undefined, () => `${to} is mailed a link that opens nothing`);
    const mail: SentMail = { kind, to, ...(linkId !== undefined && { linkId }) };
    return { world: { ...world, mails: withItem(world.mails, mail) } };
  },

  'timer.wakeAt'(world, _requestId: string, at: number) {
    return { world: { ...world, schedules: withItem(world.schedules, Math.ceil(at / 1000) * 1000) } };
  },

  'vault.seal': (world, token: string, requestId: string) => ({ world, value: `${SEAL}${requestId} ${token}` }),
  'vault.open'(world, ciphertext: string, requestId: string) {
    const prefix = `${SEAL}${requestId} `;
    must(ciphertext.startsWith(prefix), () => 'a token of another request is opened');
    return { world, value: ciphertext.slice(prefix.length) };
  },
  'links.make': (world, { person, generation }: { person: string; generation: number }) => ({
    world,
    value: { linkId: linkIdOf(person, generation), code: RIGHT_CODE },
  }),
  'deadLetters.send': (world) => ({ world: { ...world, deadLetters: world.deadLetters + 1 } }),
};
