import type { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { createSesMailer } from '../../../../../lambdas/approvals/adapters/mail/ses-mailer';
import { MailRefused } from '../../../../../lambdas/approvals/domain/mail-refused';
import { sampleView } from '../page/sample-views';
import { LINK_URL, sampleMail, WITH_LINK, WITHOUT_LINK } from './sample-mails';

function setUp(error?: Error) {
  const sent: SendEmailCommand['input'][] = [];
  const client = {
    send: async (command: SendEmailCommand) => {
      sent.push(command.input);
      if (error) throw error;
      return { MessageId: 'm-1' };
    },
  };
  const mailer = createSesMailer({
    client,
    sender: 'Approvals <approvals@example.com>',
    configurationSet: 'approvals',
  });
  return { mailer, sent };
}

const failure = (name: string) => Object.assign(new Error('identities failed: carla@example.com'), { name });

describe('the mailer of SES', () => {
  it('sends one mail with both parts, the configuration set and the tags', async () => {
    const { mailer, sent } = setUp();
    await mailer.send(sampleMail('ask'));
    expect(sent).toEqual([
      {
        FromEmailAddress: 'Approvals <approvals@example.com>',
        Destination: { ToAddresses: ['carla@example.com'] },
        Content: {
          Simple: {
            Subject: { Data: 'Approval needed · 4FQK2A', Charset: 'UTF-8' },
            Body: {
              Text: { Data: expect.stringContaining(LINK_URL), Charset: 'UTF-8' },
              Html: { Data: expect.stringContaining(LINK_URL), Charset: 'UTF-8' },
            },
          },
        },
        EmailTags: [
          { Name: 'requestId', Value: sampleView.requestId },
          { Name: 'kind', Value: 'ask' },
        ],
        ConfigurationSetName: 'approvals',
      },
    ]);
  });

  it.each([...WITH_LINK, ...WITHOUT_LINK])('puts nothing that people wrote beside the body of %s', async (kind) => {
    const { mailer, sent } = setUp();
    const forged = 'x\r\nBcc: eve@example.com';
    const view = { ...sampleView, title: forged, requesterName: forged, description: forged, ruleInWords: forged };
    await mailer.send(sampleMail(kind, view));
    const { Content, ...beside } = sent[0]!;
    expect(JSON.stringify([beside, Content!.Simple!.Subject])).not.toMatch(/Bcc|eve@|\\r|\\n|482|https/);
    // SES takes letters, digits, underscores and hyphens in tags:
    // https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html
    for (const { Name, Value } of sent[0]!.EmailTags!) expect(`${Name}${Value}`).toMatch(/^[\w-]+$/);
  });

  it.each(['MessageRejected', 'BadRequestException'])('fails with MailRefused after %s', async (name) => {
    const error = await setUp(failure(name))
      .mailer.send(sampleMail('ask'))
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(MailRefused);
    expect(error.message).toBe(`SES refuses the mail for good: ${name}.`);
  });

  it.each([
    'TooManyRequestsException',
    'SendingPausedException',
    'AccountSuspendedException',
    'LimitExceededException',
    'MailFromDomainNotVerifiedException',
    'NotFoundException',
    'InternalFailure',
    'TimeoutError',
    'AccessDeniedException',
  ])('fails with an error that may be tried again after %s', async (name) => {
    const error = await setUp(failure(name))
      .mailer.send(sampleMail('ask'))
      .catch((thrown) => thrown);
    expect(error).not.toBeInstanceOf(MailRefused);
    expect(`${error.message}${error.stack}`).toContain(name);
    expect(`${error.message}${error.stack}`).not.toContain('carla');
  });

  it('fails with an error that may be tried again while an address waits to be verified', async () => {
    const text =
      'Email address is not verified. The following identities failed the check in region US-EAST-1: carla@example.com';
    const error = await setUp(Object.assign(new Error(text), { name: 'MessageRejected' }))
      .mailer.send(sampleMail('ask'))
      .catch((thrown) => thrown);
    expect(error).not.toBeInstanceOf(MailRefused);
    expect(`${error.message}${error.stack}`).not.toContain('carla');
  });

  it.each(['a@b.c, d@e.f', 'a@b.c\r\nBcc: d@e.f', 'Name <a@b.c>', 'a', '', 'a@b@c', 'a b@c.d'])(
    'refuses the recipient %j without asking SES',
    async (to) => {
      const { mailer, sent } = setUp();
      await expect(mailer.send({ ...sampleMail('ask'), to })).rejects.toThrow(MailRefused);
      expect(sent).toEqual([]);
    },
  );
});
