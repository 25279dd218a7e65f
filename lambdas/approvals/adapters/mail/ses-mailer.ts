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
      const { requestId, correlationId } = mail.request;
      await sendMail(parts, {
        to: mail.to,
        subject: letter.subject,
        text: letterText(letter),
        html: letterHtml(letter),
        tags: { requestId, kind: mail.kind },
        ...(correlationId !== undefined && { headers: { 'X-Correlation-Id': correlationId } }),
      });
    },
  };
}
