import { type SesSenderParts, sendMail } from '../../../shared/mail/ses-sender';
import type { ApprovalMail, Mailer } from '../../domain/mailer';
import { letterHtml } from './letter-html';
import { letterOf } from './letter-of';
import { letterText } from './letter-text';

/** A mailer over SES v2. The tags `requestId` and `kind` come back with bounces and complaints. */
export function createSesMailer(parts: SesSenderParts): Mailer {
  return {
    async send(mail: ApprovalMail) {
      const letter = letterOf(mail);
      await sendMail(parts, {
        to: mail.to,
        subject: letter.subject,
        text: letterText(letter),
        html: letterHtml(letter),
        tags: { requestId: mail.request.requestId, kind: mail.kind },
      });
    },
  };
}
