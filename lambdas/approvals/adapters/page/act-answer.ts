import type { ActResult, LinkView, PageAct, RequestView } from '../../domain/page-service';
import { markup } from '../wording/markup';
import { STATUS_WORDS } from '../wording/request-words';
import { formFields } from './editable-fields';
import { messagePage, UNKNOWN_PAGE } from './message-pages';
import { notice, type ShownFault, warning } from './notice';
import type { PageAnswer } from './page-answer';
import { deadPage, type Happened, type OpenLink, requestPage } from './request-page';
import type { Submission } from './submission';

/** A link that was only looked at: 200, 404 or 410. */
export function viewAnswer(link: LinkView): PageAnswer {
  if (link.kind === 'unknown') return UNKNOWN_PAGE;
  if (link.kind === 'dead') return dead(link, link.why);
  return open(link, 200, 'shown');
}

/** A form that lacks something: 422, with what was typed. Of a request that has ended it is told how instead. */
export function faultAnswer(link: OpenLink, typed: Submission, faults: readonly ShownFault[]): PageAnswer {
  const { status } = link.view;
  if (status === 'expired') return expiredAnswer(link);
  if (status !== 'pending') return decidedBeforeAnswer(link);
  return open(link, 422, 'invalid', { typed, faults });
}

function decidedBeforeAnswer(link: OpenLink): PageAnswer {
  const news =
    link.view.status === 'pending'
      ? notice('You answered before', 'Your first answer stands. The others are still being waited for.')
      : notice('It was decided before', 'Your answer changes nothing any more. This is how the request ended.');
  return open(link, 200, 'decided-before', { news });
}

function expiredAnswer(link: OpenLink): PageAnswer {
  const news = warning('Nothing is recorded', 'The time to answer is over.');
  return open(link, 410, 'expired', { news, isError: true });
}

/** What became of an act. `before` is what the person saw. */
export function actAnswer(before: OpenLink, typed: Submission, act: PageAct, result: ActResult): PageAnswer {
  const { link, outcome } = result;
  if (link.kind === 'unknown') return UNKNOWN_PAGE;
  if (outcome.kind === 'done') return done(link, act, before);
  if (link.kind === 'dead') {
    return outcome.kind === 'code-wrong' ? { ...dead(link, 'code-wrong'), status: 403 } : dead(link, outcome.kind);
  }
  const codeFault = (detail: string) => [{ id: `${typed.act}-code`, detail }];
  const bad = (heading: string, text: string): Happened => ({ typed, news: warning(heading, text), isError: true });
  switch (outcome.kind) {
    case 'decided-before':
      return decidedBeforeAnswer(link);
    case 'code-missing':
      return faultAnswer(link, typed, codeFault('Type the six digits of the code from the mail.'));
    case 'code-wrong':
      return open(link, 403, outcome.kind, { typed, faults: codeFault(wrongCode(outcome.attemptsLeft)) });
    case 'invalid':
      return faultAnswer(
        link,
        typed,
        outcome.faults.map(({ field, detail }) => shownFault(field, detail, typed, link.view)),
      );
    case 'payload-changed': {
      const { decision: _toBeMadeAgain, ...rest } = typed;
      const text =
        'What is stored is no longer what you were shown. Read it again; if this comes back, tell whoever asked.';
      return open(link, 409, outcome.kind, { ...bad('Nothing is recorded', text), typed: rest });
    }
    case 'refused':
      return open(link, 403, outcome.kind, bad('Nothing is recorded', 'This is not yours to do, or not now.'));
    case 'expired':
      return expiredAnswer(link);
    case 'busy':
      return {
        ...open(link, 503, outcome.kind, bad('Nothing is recorded', 'Many answers came at once. Send yours again.')),
        headers: { 'retry-after': '1' },
      };
  }
}

function done(link: Exclude<LinkView, { kind: 'unknown' }>, act: PageAct, before: OpenLink): PageAnswer {
  if (act.kind === 'delegate') {
    const text = markup`<p>“<bdi>${before.view.title}</bdi>” is now with <bdi>${act.to}</bdi>, who gets a mail. This link no longer works.</p>`;
    const body = messagePage('Handed on', text);
    return { status: 200, outcome: 'done', about: before.view, body };
  }
  if (link.kind === 'dead') return { ...dead(link, 'done'), status: 200 };
  const { view } = link;
  const text =
    view.status === 'pending'
      ? 'Your answer is recorded. The others are still being waited for; you will hear how it ends.'
      : `Your answer is recorded, and the request is decided: ${STATUS_WORDS[view.status].toLowerCase()}.`;
  const heading = { approve: 'You approved', reject: 'You rejected', revoke: 'You withdrew the request' }[act.kind];
  return open(link, 200, 'done', { news: notice(heading, text) });
}

function open(link: OpenLink, status: number, outcome: string, happened?: Happened): PageAnswer {
  return { status, outcome, about: link.view, body: requestPage(link, happened) };
}

function dead(link: Extract<LinkView, { kind: 'dead' }>, outcome: string): PageAnswer {
  return { status: 410, outcome, about: link.view, body: deadPage(link) };
}

function wrongCode(attemptsLeft: number): string {
  if (attemptsLeft <= 0) return 'This code is wrong.';
  return `This code is wrong. ${attemptsLeft === 1 ? 'One more attempt is' : `${attemptsLeft} more attempts are`} left.`;
}

/** A fault of the service, `must be at most 5`, as a sentence about its field. */
function shownFault(field: string, detail: string, { act, edits }: Submission, view: RequestView): ShownFault {
  const edited = edits.size > 0 ? formFields(view).find(({ name }) => name === field) : undefined;
  if (edited) return { id: edited.id, detail: `“${edited.field.label}” ${detail}.` };
  const subject = { reason: 'The reason', to: 'Your colleague' }[field];
  return subject ? { id: `${act}-${field}`, detail: `${subject} ${detail}.` } : { detail: `“${field}” ${detail}.` };
}
