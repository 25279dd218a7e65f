import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Sender } from '../../../shared/aws/sender';
import { MailRefused } from '../../domain/mail-refused';
import type { ApprovalMail, Mailer } from '../../domain/mailer';
import { letterHtml } from './letter-html';
import { letterOf } from './letter-of';
import { letterText } from './letter-text';

/** What the mailer is made of. */
export interface SesMailerParts {
  readonly client: Sender;
  /** A verified identity: `approvals@example.com` or `Approvals <approvals@example.com>`. */
  readonly sender: string;
  readonly configurationSet: string;
}

/**
 * Errors with which SES says that this very mail will not be taken, now or later. All others (throttling, a paused or
 * suspended account, a domain that is not verified yet) may mend.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors
 */
const REFUSALS = new Set(['MessageRejected', 'BadRequestException']);

/** One address and nothing else: SES would read a list or a name in it. */
const ADDRESS = /^[^\s\p{Cc}<>()[\],;:"\\@]+@[^\s\p{Cc}<>()[\],;:"\\@]+$/u;

/**
 * A mailer over SES v2. The tags `requestId` and `kind` come back with bounces and complaints. Errors name the kind of
 * failure only, since SES's own messages hold addresses.
 */
export function createSesMailer({ client, sender, configurationSet }: SesMailerParts): Mailer {
  return {
    async send(mail: ApprovalMail) {
      if (!ADDRESS.test(mail.to)) throw new MailRefused('The recipient is not one mail address.');
      const letter = letterOf(mail);
      const command = new SendEmailCommand({
        FromEmailAddress: sender,
        Destination: { ToAddresses: [mail.to] },
        Content: {
          Simple: {
            Subject: utf8(letter.subject),
            Body: { Text: utf8(letterText(letter)), Html: utf8(letterHtml(letter)) },
          },
        },
        EmailTags: [
          { Name: 'requestId', Value: mail.request.requestId },
          { Name: 'kind', Value: mail.kind },
        ],
        ConfigurationSetName: configurationSet,
      });
      try {
        await client.send(command);
      } catch (error) {
        const { name, message } = error instanceof Error ? error : { name: 'Unknown', message: '' };
        // MessageRejected also stands for an identity that waits to be verified: that mends once somebody verifies it.
        if (REFUSALS.has(name) && !message.includes('not verified'))
          throw new MailRefused(`SES refuses the mail for good: ${name}.`);
        throw new Error(`SES did not take the mail: ${name}.`);
      }
    },
  };
}

function utf8(Data: string) {
  return { Data, Charset: 'UTF-8' };
}
