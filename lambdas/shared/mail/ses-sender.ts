import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Sender } from '../aws/sender';
import { MailNotTaken } from './mail-not-taken';
import { MailRefused } from './mail-refused';

/** What mail is sent with. */
export interface SesSenderParts {
  readonly client: Sender;
  /** A verified identity: `approvals@example.com` or `Approvals <approvals@example.com>`. */
  readonly sender: string;
  readonly configurationSet: string;
}

/** One mail to one person. */
export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Letters, digits, - and _ alone; they come back with bounces and complaints. */
  readonly tags: Readonly<Record<string, string>>;
  /** Headers besides those that SES writes. */
  readonly headers?: Readonly<Record<string, string>>;
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
 * Sends one mail through SES v2 and gives SES's id of it. Throws MailRefused when it is refused for good, and
 * MailNotTaken otherwise. Errors name the kind of failure only, since SES's own messages hold addresses.
 */
export async function sendMail({ client, sender, configurationSet }: SesSenderParts, mail: OutgoingMail) {
  if (!ADDRESS.test(mail.to)) throw new MailRefused('The recipient is not one mail address.');
  const command = new SendEmailCommand({
    FromEmailAddress: sender,
    Destination: { ToAddresses: [mail.to] },
    Content: {
      Simple: {
        Subject: utf8(mail.subject),
        Body: { Text: utf8(mail.text), ...(mail.html !== undefined && { Html: utf8(mail.html) }) },
        ...(mail.headers && { Headers: named(mail.headers) }),
      },
    },
    EmailTags: named(mail.tags),
    ConfigurationSetName: configurationSet,
  });
  try {
    const { MessageId } = await client.send(command);
    return String(MessageId);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Unknown', message: '' };
    // MessageRejected also stands for an identity that waits to be verified: that mends once somebody verifies it.
    if (REFUSALS.has(name) && !message.includes('not verified'))
      throw new MailRefused(`SES refuses the mail for good: ${name}.`);
    throw new MailNotTaken(name);
  }
}

function utf8(Data: string) {
  return { Data, Charset: 'UTF-8' };
}

function named(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}
