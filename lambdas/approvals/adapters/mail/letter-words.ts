import type { MailKind } from '../../domain/effect';
import type { RequestView } from '../../domain/page-service';
import { STATUS_WORDS } from '../wording/request-words';

/** The fixed words of one kind of mail. */
export interface LetterWords {
  readonly subject: string;
  readonly heading: string;
  readonly preheader: string;
  readonly opening: string;
  /** What the link is called. */
  readonly door: string;
  readonly care: string;
}

const DOOR = 'Open the page';

const CARE_WITH_LINK =
  'The link and the code are yours alone: do not forward this mail. Nobody will ever ask you for the code; type it ' +
  'on the page only. If you did not expect this mail, do nothing, and tell whoever looks after approvals where you work.';

const CARE_WITHOUT_LINK =
  'This mail holds no link, and nothing is to be typed anywhere. If you do not know what it is about, tell whoever ' +
  'looks after approvals where you work.';

const asked = {
  door: DOOR,
  care: CARE_WITH_LINK,
  preheader: 'Open the page, read it, and type the code from this mail.',
};

/** The words of every kind of mail; those of the outcome depend on how the request ended. */
export function letterWords(kind: MailKind, { status }: RequestView): LetterWords {
  switch (kind) {
    case 'ask':
      return {
        ...asked,
        subject: 'Approval needed',
        heading: 'Your approval is needed',
        opening:
          'Something waits for your decision. Opening the page decides nothing: you approve or reject there, with the code.',
      };
    case 'reminder':
      return {
        ...asked,
        subject: 'Reminder: approval needed',
        heading: 'Your answer is still missing',
        opening: 'This has been waiting for your decision. Without one in time, the answer is no.',
      };
    case 'escalation':
      return {
        ...asked,
        subject: 'Approval needed, nobody has answered',
        heading: 'Nobody has answered: you may decide',
        opening: 'Those who were asked first have not answered, or their mail did not arrive. Now you may answer too.',
      };
    case 'delegated':
      return {
        ...asked,
        subject: 'Approval handed on to you',
        heading: 'An approval was handed on to you',
        opening: 'Somebody who was asked has handed this decision on to you.',
      };
    case 'opened':
      return {
        ...asked,
        preheader: 'Follow it on the page; the code is for withdrawing it.',
        subject: 'Approval asked for',
        heading: 'Your request is on its way',
        opening:
          'Those who decide have been asked. On the page you see where it stands; with the code you can withdraw it.',
      };
    case 'link-closed':
      return {
        subject: 'Approval link closed',
        heading: 'Your link was closed',
        preheader: 'A wrong code was typed five times.',
        opening:
          'A wrong code was typed five times on the page behind your link, so that the link no longer takes any answer. ' +
          'Nothing was decided. A reminder brings you a new link and a new code, if one is still due; whoever looks after ' +
          'approvals can send one at once.',
        door: DOOR,
        care: `If it was not you who typed, somebody else has your link: tell whoever looks after approvals. ${CARE_WITHOUT_LINK}`,
      };
    case 'outcome': {
      const word = STATUS_WORDS[status].toLowerCase();
      return {
        subject: `Request ${word}`,
        heading: status === 'expired' ? 'The request has expired' : `The request was ${word}`,
        preheader: 'How a request for approval ended.',
        opening: OUTCOMES[status],
        door: DOOR,
        care: CARE_WITHOUT_LINK,
      };
    }
  }
}

const OUTCOMES: Readonly<Record<RequestView['status'], string>> = {
  pending: 'It is still waiting for a decision.',
  approved: 'What is shown below goes ahead.',
  rejected: 'It does not go ahead.',
  expired: 'Nobody decided in time, so that the answer is no.',
  revoked: 'It was taken back before it was decided, and does not go ahead.',
};
