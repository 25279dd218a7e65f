import { AwsError } from '../../../wire/aws-error';
import { deliver } from '../delivery/deliver';
import { readSending, type SendEmailInput } from '../delivery/read-sending';
import { sendAccess } from '../delivery/send-access';
import type { Sending } from '../delivery/sending';
import { badRequest } from '../faults';
import { readTemplateData } from '../message/render-template';
import type { MessageTag } from '../model';
import type { ActionFactory } from '../ses-parts';

const LIMIT_ENTRIES = 50;

interface SendBulkEmailInput extends Omit<SendEmailInput, 'Destination' | 'EmailTags' | 'Content'> {
  readonly DefaultEmailTags?: MessageTag[];
  readonly DefaultContent?: { readonly Template?: NonNullable<SendEmailInput['Content']>['Template'] };
  readonly BulkEmailEntries?: {
    readonly Destination?: SendEmailInput['Destination'];
    readonly ReplacementTags?: MessageTag[];
    readonly ReplacementHeaders?: { Name?: string; Value?: string }[];
    readonly ReplacementEmailContent?: { ReplacementTemplate?: { ReplacementTemplateData?: string } };
  }[];
}

/** One mail for each entry, answered for by itself. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendBulkEmail.html */
export const sendBulkEmail: ActionFactory = (parts) => ({
  access: (input: SendBulkEmailInput) => entriesOf(input).flatMap((entry) => sendAccess(parts, sendingOf(entry))),
  async handle(input: SendBulkEmailInput, { caller }) {
    const BulkEmailEntryResults: object[] = [];
    for (const entry of entriesOf(input)) {
      try {
        BulkEmailEntryResults.push({ Status: 'SUCCESS', MessageId: await deliver(parts, sendingOf(entry), caller) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        BulkEmailEntryResults.push({ Status: statusOf(error.code), Error: error.message });
      }
    }
    return { BulkEmailEntryResults };
  },
});

/** Each entry as an input of SendEmail. Throws BadRequestException. */
function entriesOf({ BulkEmailEntries = [], DefaultContent, DefaultEmailTags, ...shared }: SendBulkEmailInput) {
  if (BulkEmailEntries.length < 1 || BulkEmailEntries.length > LIMIT_ENTRIES) {
    throw badRequest(`A bulk mail takes 1 to ${LIMIT_ENTRIES} entries.`);
  }
  const template = DefaultContent?.Template;
  if (!template) throw badRequest('A bulk mail needs a template.');
  return BulkEmailEntries.map((entry): SendEmailInput => {
    const data = entry.ReplacementEmailContent?.ReplacementTemplate?.ReplacementTemplateData;
    const TemplateData = JSON.stringify({ ...readTemplateData(template.TemplateData), ...readTemplateData(data) });
    const Headers = entry.ReplacementHeaders ?? template.Headers;
    return {
      ...shared,
      Destination: entry.Destination,
      EmailTags: [...(DefaultEmailTags ?? []), ...(entry.ReplacementTags ?? [])],
      Content: { Template: { ...template, TemplateData, Headers } },
    };
  });
}

function sendingOf(entry: SendEmailInput): Sending {
  return { ...readSending(entry), operation: 'SendBulkTemplatedEmail' };
}

function statusOf(code: string): string {
  if (code === 'MessageRejected') return 'MESSAGE_REJECTED';
  if (code === 'NotFoundException') return 'TEMPLATE_NOT_FOUND';
  return 'FAILED';
}
