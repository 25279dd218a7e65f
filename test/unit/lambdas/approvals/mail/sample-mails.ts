import type { MailKind } from '../../../../../lambdas/approvals/domain/effect';
import type { ApprovalMail } from '../../../../../lambdas/approvals/domain/mailer';
import type { RequestView } from '../../../../../lambdas/approvals/domain/page-service';
import { sampleView } from '../page/sample-views';

export const LINK_URL = 'https://approvals.example.com/a/AbCdEfGhIjKlMnOpQrStUvWxYz012345';

/** Kinds of mail with a link, and those without. */
export const WITH_LINK: readonly MailKind[] = ['ask', 'reminder', 'escalation', 'delegated', 'opened'];
export const WITHOUT_LINK: readonly MailKind[] = ['link-closed', 'outcome'];

/** A mail as carry-out hands it to the mailer. */
export function sampleMail(kind: MailKind, request: RequestView = sampleView): ApprovalMail {
  const link = WITH_LINK.includes(kind) ? { url: LINK_URL, code: '482913' } : undefined;
  return { kind, to: 'carla@example.com', request, ...(link && { link }) };
}
