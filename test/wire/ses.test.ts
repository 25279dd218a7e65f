import {
  CreateEmailIdentityCommand,
  CreateEmailTemplateCommand,
  SendBulkEmailCommand,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { SENDER, SesUnderTest } from '../support/ses-client';

let under: SesUnderTest;

beforeEach(async () => {
  under = new SesUnderTest();
  await under.start();
});

afterEach(() => under.stop());

describe('SendEmail', () => {
  it('delivers a Simple content to the inbox under its MessageId', async () => {
    const id = await under.send('mia@example.com', {
      FromEmailAddress: '"Shop, Inc." <shop@example.com>',
      Destination: {
        ToAddresses: ['Mia Grün <mia@example.com>'],
        CcAddresses: ['c@example.com'],
        BccAddresses: ['b@x.org'],
      },
      ReplyToAddresses: ['desk@example.com'],
      EmailTags: [{ Name: 'orderId', Value: 'o-1' }],
      Content: under.simple('Grüße aus Köln', '<p>Schöne Grüße</p>', 'a line that is long '.repeat(60), {
        Headers: [{ Name: 'X-Order', Value: 'o-1' }],
        Attachments: [{ FileName: 'plan ü.txt', RawContent: Buffer.from('A→B'), ContentType: 'text/plain' }],
      }),
    });
    expect(id).toMatch(/^0100[0-9a-f]{12}-[0-9a-f-]{36}-000000$/);
    const mail = await under.json(`/inbox/${id}`);
    expect(mail).toMatchObject({
      id,
      sentAt: '2026-01-01T00:00:00.000Z',
      from: '"Shop, Inc." <shop@example.com>',
      to: ['Mia Grün <mia@example.com>'],
      cc: ['c@example.com'],
      bcc: ['b@x.org'],
      subject: 'Grüße aus Köln',
      tags: { orderId: 'o-1' },
      hasHtml: true,
      isUnread: true,
      outcomes: { 'mia@example.com': 'delivered', 'c@example.com': 'delivered', 'b@x.org': 'delivered' },
      attachments: [{ fileName: 'plan ü.txt', contentType: 'text/plain', sizeBytes: 5 }],
    });
    expect(mail.html.trim()).toBe('<p>Schöne Grüße</p>');
    expect(mail.text.trim()).toBe('a line that is long '.repeat(60).trim());
    const header = (name: string) => mail.headers.find((field: any) => field.name === name)?.value;
    expect(header('From')).toBe('"Shop, Inc." <shop@example.com>');
    expect(header('To')).toBe('Mia Grün <mia@example.com>');
    expect(header('Reply-To')).toBe('desk@example.com');
    expect(header('X-Order')).toBe('o-1');
    expect(header('Message-ID')).toBe(`<${id}@email.amazonses.com>`);
    expect(header('Bcc')).toBeUndefined();
  });

  it('delivers a Raw content to the recipients of its headers', async () => {
    const raw = [
      'From: Shop <shop@example.com>',
      'To: "Doe, J." <j@example.com>,',
      ' k@example.com',
      'Bcc: secret@example.com',
      'X-SES-MESSAGE-TAGS: orderId=o-2, kind=raw',
      'Subject: =?UTF-8?B?R3LDvMOfZQ==?=',
      'Content-Type: text/html',
      '',
      '<b>raw</b>',
    ].join('\r\n');
    const content = { Raw: { Data: Buffer.from(raw) } };
    const { MessageId } = await under.ses.send(new SendEmailCommand({ Content: content }));
    const mail = await under.json(`/inbox/${MessageId}`);
    expect(mail).toMatchObject({
      subject: 'Grüße',
      to: ['"Doe, J." <j@example.com>', 'k@example.com'],
      bcc: ['secret@example.com'],
      tags: { orderId: 'o-2', kind: 'raw' },
    });
    expect(mail.html.trim()).toBe('<b>raw</b>');
    const names = mail.headers.map((field: any) => field.name.toLowerCase());
    expect(names).not.toContain('bcc');
    expect(names.filter((name: string) => name.startsWith('x-ses-'))).toEqual([]);
  });

  it('fills in a stored template and one of the request, without escaping', async () => {
    const TemplateContent = { Subject: 'Order {{order.id}}', Html: '<p>{{ name }}</p>', Text: '{{name}}' };
    await under.ses.send(new CreateEmailTemplateCommand({ TemplateName: 'placed', TemplateContent }));
    const TemplateData = JSON.stringify({ order: { id: 7 }, name: '<i>Mia</i>' });
    for (const template of [{ TemplateName: 'placed' }, { TemplateContent }]) {
      const id = await under.send('mia@example.com', { Content: { Template: { ...template, TemplateData } } });
      const mail = await under.json(`/inbox/${id}`);
      expect([mail.subject, mail.html.trim()]).toEqual(['Order 7', '<p><i>Mia</i></p>']);
    }
  });

  it('accepts a template whose data lacks something, and sends nothing', async () => {
    await under.configurationSet('tracked', 'RENDERING_FAILURE');
    const Content = { Template: { TemplateContent: { Subject: '{{name}}', Text: 'x' }, TemplateData: '{}' } };
    const id = await under.send('mia@example.com', { Content, ConfigurationSetName: 'tracked' });
    expect((await under.json('/inbox')).messages).toEqual([]);
    const [event] = await under.published();
    expect(event['detail-type']).toBe('Email Rendering Failed');
    expect(event.detail).toMatchObject({
      mail: { messageId: id },
      failure: { errorMessage: "Attribute 'name' is not present in the rendering data." },
    });
  });

  it('sends one mail for each entry of a bulk, and answers for each', async () => {
    await under.ses.send(
      new CreateEmailTemplateCommand({ TemplateName: 't', TemplateContent: { Subject: '{{a}}{{b}}', Text: 'x' } }),
    );
    const { BulkEmailEntryResults } = await under.ses.send(
      new SendBulkEmailCommand({
        FromEmailAddress: SENDER,
        DefaultContent: { Template: { TemplateName: 't', TemplateData: '{"a":"1","b":"2"}' } },
        BulkEmailEntries: [
          { Destination: { ToAddresses: ['a@example.com'] } },
          {
            Destination: { ToAddresses: ['b@example.com'] },
            ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: '{"b":"3"}' } },
          },
        ],
      }),
    );
    expect(BulkEmailEntryResults!.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS']);
    expect((await under.json('/inbox')).messages.map((mail: any) => mail.subject)).toEqual(['13', '12']);
  });

  it('rejects a sender that no identity stands for, in words that name it', async () => {
    const from = 'Stranger <who@elsewhere.org>';
    await expect(under.send('mia@example.com', { FromEmailAddress: from })).rejects.toMatchObject({
      name: 'MessageRejected',
      message: `Email address is not verified. The following identities failed the check in region US-EAST-1: ${from}`,
    });
    expect((await under.json('/inbox')).messages).toEqual([]);
  });

  it.each([
    'From: who@elsewhere.org',
    'From: who@elsewhere.org, Shop <shop@example.com>',
    'From: shop@example.com\r\nFrom: who@elsewhere.org',
    'From: shop@example.com\r\nSender: who@elsewhere.org',
  ])('rejects a raw message that claims to come from elsewhere: %j', async (head) => {
    const Content = { Raw: { Data: Buffer.from(`${head}\r\nTo: mia@example.com\r\n\r\nx`) } };
    await expect(under.send('mia@example.com', { Content })).rejects.toMatchObject({
      name: 'MessageRejected',
      message: expect.stringMatching(/: who@elsewhere.org$/),
    });
    expect((await under.json('/inbox')).messages).toEqual([]);
  });

  it('takes any address of a domain that is an identity, and of those below it', async () => {
    await under.ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'shop.test' }));
    await under.send('mia@example.com', { FromEmailAddress: 'a@SHOP.test' });
    await under.send('mia@example.com', { FromEmailAddress: 'a@mail.shop.test' });
    await expect(under.send('mia@example.com', { FromEmailAddress: 'a@notshop.test' })).rejects.toMatchObject({
      name: 'MessageRejected',
    });
  });

  const simple = (Simple: object) => ({
    Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } }, ...Simple } },
  });
  it.each([
    ['no recipient', { Destination: {} }],
    ['51 recipients', { Destination: { ToAddresses: Array.from({ length: 51 }, (_, i) => `a${i}@example.com`) } }],
    ['an address without a domain', { Destination: { ToAddresses: ['mia'] } }],
    ['two addresses in one', { Destination: { ToAddresses: ['a@example.com, b@example.com'] } }],
    ['a line break in an address', { Destination: { ToAddresses: ['"x\r\nBcc: b@example.com" <a@example.com>'] } }],
    ['a line break in a sender', { FromEmailAddress: 'A\nB <shop@example.com>' }],
    ['a line break in a subject', simple({ Subject: { Data: 'a\r\nBcc: b@example.com' } })],
    ['a header without a name', simple({ Headers: [{ Name: '', Value: 'x' }] })],
    ['a header whose name ends it', simple({ Headers: [{ Name: 'X:', Value: 'x' }] })],
    ['a line break in a header', simple({ Headers: [{ Name: 'X-A', Value: 'x\r\nBcc: b@example.com' }] })],
    ['a header of SES', simple({ Headers: [{ Name: 'bcc', Value: 'b@example.com' }] })],
    ['a line break in a file name', simple({ Attachments: [{ FileName: 'a\r\nb', RawContent: Buffer.from('x') }] })],
    ['no body', simple({ Body: {} })],
    ['a tag of other characters', { EmailTags: [{ Name: 'a b', Value: 'x' }] }],
    ['a tag that is too long', { EmailTags: [{ Name: 'a', Value: 'x'.repeat(257) }] }],
    ['two contents', { Content: { ...simple({}).Content, Raw: { Data: Buffer.from('x') } } }],
    ['template data that is no JSON', { Content: { Template: { TemplateContent: { Text: 'x' }, TemplateData: '{' } } }],
    ['a block in a template', { Content: { Template: { TemplateContent: { Text: '{{#if a}}x{{/if}}' } } } }],
  ])('rejects %s', async (_, input) => {
    await expect(under.send('mia@example.com', input as any)).rejects.toMatchObject({ name: 'BadRequestException' });
    expect((await under.json('/inbox')).messages).toEqual([]);
  });
});
