import { createHmac } from 'node:crypto';
import { createPageService } from '../../../lambdas/approvals/domain/approval-page-service';
import { createCarryOut } from '../../../lambdas/approvals/domain/carry-out';
import type { LinkMaker } from '../../../lambdas/approvals/domain/link';
import { createMailFeedback } from '../../../lambdas/approvals/domain/mail-feedback';
import { MailRefused } from '../../../lambdas/approvals/domain/mail-refused';
import type { ApprovalMail, Mailer } from '../../../lambdas/approvals/domain/mailer';
import { createOpenRequest } from '../../../lambdas/approvals/domain/open-request';
import { createOperateApprovals } from '../../../lambdas/approvals/domain/operate-approvals';
import { requestIdOf } from '../../../lambdas/approvals/domain/request-id';
import type { TokenVault } from '../../../lambdas/approvals/domain/token-vault';
import { createWakeRequest } from '../../../lambdas/approvals/domain/wake-request';
import type { WorkflowCallback } from '../../../lambdas/approvals/domain/workflow-callback';
import type { Log, LogFields } from '../../../lambdas/shared/observability/log';
import { keptMeter } from '../kept-meter';
import { createMemoryRequestStore } from './memory-request-store';

/** When a room's clock begins. */
export const ROOM_START = Date.parse('2026-03-01T09:00:00.000Z');

/** The approver, who asks, and what for, unless a test says otherwise. */
export const ASK = {
  kind: 'ask',
  version: 1,
  requestKey: 'arn:aws:states:eu-west-1:123456789012:execution:expenses:1/Ask/2026-03-01T09:00:00.000Z',
  attempt: 0,
  taskToken: 'token-0',
  title: 'Laptop for Anna',
  requester: { name: 'Anna', email: 'anna@example.com' },
  payload: { amount: 1200, currency: 'EUR', note: 'new laptop' },
  approvers: ['ben@example.com'],
  askedAt: '2026-03-01T09:00:00.000Z',
  expiresInSeconds: 86_400,
} as const;

/** What was told to a task. */
export interface Answered {
  readonly taskToken: string;
  readonly output?: any;
  readonly error?: string;
  readonly cause?: any;
}

/**
 * The approvals with every port in memory. Functions that the rooms' tests call are those that the handlers wire; a
 * task takes one answer.
 */
export function createApprovalsRoom() {
  const store = createMemoryRequestStore();
  const clock = { time: ROOM_START, now: () => clock.time, sleep: async () => {} };
  const lines: string[] = [];
  const { meter, counted: counts, measured } = keptMeter();
  const observability = { log: keptLog(lines), meter };
  const mails: ApprovalMail[] = [];
  const answered: Answered[] = [];
  const wakes: { requestId: string; at: number }[] = [];
  const deadLetters: { body: string; attributes?: Readonly<Record<string, string>> }[] = [];

  const vault: TokenVault = {
    seal: async (token, requestId) => Buffer.from(JSON.stringify({ token, requestId })).toString('base64'),
    open: async (ciphertext, requestId) => {
      const sealed = JSON.parse(Buffer.from(ciphertext, 'base64').toString());
      if (sealed.requestId !== requestId) throw new Error('InvalidCiphertextException');
      return sealed.token;
    },
  };
  const links: LinkMaker = {
    make: async (link) => ({ linkId: secret('link', link).slice(0, 32), code: digits(secret('code', link)) }),
  };
  /** Addresses to which no mail is ever accepted, and errors that the next mails meet. */
  const mailFaults = { refused: new Set<string>(), next: [] as Error[] };
  const mailer: Mailer = {
    send: async (mail) => {
      const fault = mailFaults.next.shift();
      if (fault) throw fault;
      if (mailFaults.refused.has(mail.to)) throw new MailRefused('refused');
      mails.push(mail);
    },
  };
  const take = async (answer: Answered) => {
    if (answered.some(({ taskToken }) => taskToken === answer.taskToken)) return 'gone';
    answered.push(JSON.parse(JSON.stringify(answer)));
    return 'delivered';
  };
  const callback: WorkflowCallback = {
    succeed: (taskToken, output) => take({ taskToken, output }),
    fail: (taskToken, error, cause) => take({ taskToken, error, cause }),
  };
  const timer = {
    wakeAt: async (requestId: string, at: number) => {
      if (!wakes.some((wake) => wake.requestId === requestId && wake.at === at)) wakes.push({ requestId, at });
    },
  };
  const queue = {
    send: async (body: string, attributes?: Readonly<Record<string, string>>) =>
      void deadLetters.push({ body, attributes }),
  };

  const base = { store, clock, ...observability };
  const parts = { vault, links, mailer, callback, timer, pageUrl: 'https://page.example' };
  const openRequest = createOpenRequest({ ...base, vault, callback, deadLetters: queue });
  const carryOut = createCarryOut({ ...base, ...parts });
  const deliver = (message: unknown) =>
    openRequest({ messageId: 'm-1', body: typeof message === 'string' ? message : JSON.stringify(message) });

  const room = {
    ...{
      store,
      clock,
      lines,
      counts,
      measured,
      mails,
      answered,
      wakes,
      deadLetters,
      mailFaults,
      base,
      parts,
      deliver,
      carryOut,
    },
    page: createPageService(base),
    wake: createWakeRequest(base),
    operate: createOperateApprovals(base),
    feedback: createMailFeedback({ ...base, deadLetters: queue }),

    /** Opens a request and carries out what follows; gives its id. */
    async open(changes: Record<string, unknown> = {}): Promise<string> {
      const ask = { ...ASK, ...changes };
      await deliver(ask);
      const requestId = requestIdOf(ask.requestKey);
      await room.settle(requestId);
      return requestId;
    },

    /** Carries out effects until none is due, as the stream does. */
    async settle(requestId: string): Promise<void> {
      for (let round = 0; (store.requests.get(requestId)?.effects.length ?? 0) > 0 && round < 10; round++) {
        await carryOut(requestId);
      }
    },

    request(requestId: string) {
      const request = store.requests.get(requestId);
      if (!request) throw new Error('There is no such request.');
      return request;
    },

    /** The link and code of the last mail to a person that had one. */
    linkOf(person: string): { linkId: string; code: string } {
      const link = mails.findLast(({ to, link }) => to === person && link !== undefined)?.link;
      if (!link) throw new Error(`${person} got no link.`);
      return { linkId: link.url.slice('https://page.example/a/'.length), code: link.code };
    },

    /** Approves or rejects as a person who got a link does on the page. */
    answer(person: string, kind: 'approve' | 'reject' = 'approve', requestId = requestIdOf(ASK.requestKey)) {
      const { linkId, code } = room.linkOf(person);
      const { payloadHash } = room.request(requestId);
      const act = { code, payloadHash };
      return room.page.act(linkId, kind === 'approve' ? { ...act, kind } : { ...act, kind, reason: 'too dear' });
    },
  };
  return room;
}

function secret(what: string, { requestId, person, generation }: Parameters<LinkMaker['make']>[0]): string {
  return createHmac('sha256', 'room').update(`${what}\n${requestId}\n${person}\n${generation}`).digest('base64url');
}

function digits(text: string): string {
  return String(Buffer.from(text).readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

function keptLog(lines: string[]): Log {
  const write = (base: LogFields): Log => {
    const line = (level: string) => (message: string, fields?: LogFields) =>
      void lines.push(JSON.stringify({ level, message, ...base, ...fields }));
    return {
      info: line('info'),
      warn: line('warn'),
      error: line('error'),
      with: (fields) => write({ ...base, ...fields }),
    };
  };
  return write({});
}
