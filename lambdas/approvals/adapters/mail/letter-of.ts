import type { ApprovalMail } from '../../domain/mailer';
import type { RequestView } from '../../domain/page-service';
import type { Answer } from '../../domain/request';
import { payloadRows, shownValue } from '../wording/payload-rows';
import {
  answerWord,
  changesOf,
  deciderOf,
  grouped,
  payloadHeading,
  referenceOf,
  shortHash,
} from '../wording/request-words';
import { utcTime } from '../wording/utc-time';
import { shortened, visibleLine } from '../wording/visible-text';
import type { Block, Letter } from './letter';
import { letterWords } from './letter-words';

/** How much of a payload a mail shows; the page shows all of it. */
const ROWS_IN_MAIL = 40;
const VALUE_CHARACTERS_IN_MAIL = 300;

/** Puts a mail into words. */
export function letterOf({ kind, request, link }: ApprovalMail): Letter {
  const words = letterWords(kind, request);
  return {
    subject: `${words.subject} · ${referenceOf(request.requestId)}`,
    preheader: words.preheader,
    heading: words.heading,
    blocks: [
      { kind: 'words', text: words.opening },
      { kind: 'quote', label: 'What', text: visibleLine(request.title) },
      { kind: 'quote', label: 'Who asks', text: visibleLine(request.requesterName) },
      ...(kind === 'link-closed' ? [] : about(request)),
      ...(link ? [{ kind: 'door', label: words.door, ...link } as const] : []),
      { kind: 'care', text: words.care },
    ],
  };
}

function about(view: RequestView): Block[] {
  const { decision, description, answers } = view;
  const shown = decision?.isEdited ? decision : view;
  const answered: Block[] =
    answers.length > 0 ? [{ kind: 'items', label: 'Who has answered', items: answers.map(answerLine) }] : [];
  return [
    ...ending(view),
    ...(description === undefined ? [] : [{ kind: 'quote', label: 'Why', text: description } as const]),
    rowsBlock(payloadHeading(view.status), shown.payload),
    { kind: 'fact', label: 'Fingerprint', text: shortHash(shown.payloadHash), full: grouped(shown.payloadHash) },
    ...(decision ? [] : [{ kind: 'fact', label: 'Decide before', text: utcTime(view.expiresAt) } as const]),
    { kind: 'quote', label: 'Who decides', text: visibleLine(view.ruleInWords) },
    ...answered,
  ];
}

function ending(view: RequestView): Block[] {
  const { decision } = view;
  if (!decision) return [];
  const decider = deciderOf(decision);
  const changes = changesOf(view).map(
    ({ name, before, after }) => `${visibleLine(name)}: ${cut(shownValue(before))} → ${cut(shownValue(after))}`,
  );
  return [
    { kind: 'fact', label: 'When', text: utcTime(decision.at) },
    ...(decider === undefined ? [] : [{ kind: 'quote', label: 'By', text: visibleLine(decider) } as const]),
    ...(decision.reason === undefined ? [] : [{ kind: 'quote', label: 'Reason', text: decision.reason } as const]),
    ...(changes.length === 0 ? [] : [{ kind: 'items', label: 'Changed', items: changes } as const]),
  ];
}

function rowsBlock(label: string, payload: Readonly<Record<string, unknown>>): Block {
  const all = payloadRows(payload);
  const rows = all.slice(0, ROWS_IN_MAIL).map(({ path, text }) => ({ name: cut(path), value: cut(text) }));
  return { kind: 'rows', label, rows, more: all.length - rows.length };
}

function answerLine(answer: Answer): string {
  const reason = answer.reason === undefined ? '' : `: ${visibleLine(answer.reason)}`;
  return `${visibleLine(answer.person)} ${answerWord(answer)}, ${utcTime(answer.at)}${reason}`;
}

function cut(text: string): string {
  return shortened(text, VALUE_CHARACTERS_IN_MAIL);
}
