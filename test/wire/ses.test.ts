import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateConfigurationSetCommand,
  CreateConfigurationSetEventDestinationCommand,
  CreateEmailIdentityCommand,
  CreateEmailTemplateCommand,
  DeleteConfigurationSetEventDestinationCommand,
  DeleteEmailIdentityCommand,
  DeleteEmailTemplateCommand,
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  GetEmailTemplateCommand,
  GetSuppressedDestinationCommand,
  ListConfigurationSetsCommand,
  ListEmailIdentitiesCommand,
  ListEmailTemplatesCommand,
  ListSuppressedDestinationsCommand,
  PutEmailIdentityConfigurationSetAttributesCommand,
  PutSuppressedDestinationCommand,
  SendBulkEmailCommand,
  SendEmailCommand,
  UpdateEmailTemplateCommand,
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
    const raw = `From: who@elsewhere.org\r\nTo: mia@example.com\r\n\r\nx`;
    const spoofed = { Content: { Raw: { Data: Buffer.from(raw) } } };
    await expect(under.send('mia@example.com', spoofed)).rejects.toMatchObject({ name: 'MessageRejected' });
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

describe('event publishing', () => {
  it('puts what became of a mail on the default bus', async () => {
    await under.configurationSet('tracked', 'SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT');
    const id = await under.send('mia@example.com', {
      ConfigurationSetName: 'tracked',
      EmailTags: [{ Name: 'orderId', Value: 'o-1' }],
      Destination: {
        ToAddresses: [
          'mia@example.com',
          'bounce+o-1@simulator.amazonses.com',
          'suppressionlist@simulator.amazonses.com',
        ],
        CcAddresses: [
          'complaint@simulator.amazonses.com',
          'ooto@simulator.amazonses.com',
          'success@simulator.amazonses.com',
        ],
      },
    });
    const events = await under.published();
    expect(events.map((event) => [event['detail-type'], event.detail.eventType])).toEqual([
      ['Email Sent', 'Send'],
      ['Email Delivered', 'Delivery'],
      ['Email Bounced', 'Bounce'],
      ['Email Bounced', 'Bounce'],
      ['Email Complaint Received', 'Complaint'],
    ]);
    for (const event of events) {
      expect(event).toMatchObject({
        source: 'aws.ses',
        resources: ['arn:aws:ses:us-east-1:000000000000:configuration-set/tracked'],
        detail: {
          mail: {
            messageId: id,
            timestamp: '2026-01-01T00:00:00.000Z',
            source: SENDER,
            sourceArn: `arn:aws:ses:us-east-1:000000000000:identity/${SENDER}`,
            commonHeaders: { from: [SENDER], subject: 'Your order', messageId: id },
            tags: { orderId: ['o-1'], 'ses:configuration-set': ['tracked'], 'ses:operation': ['SendEmail'] },
          },
        },
      });
      expect(event.detail.mail.destination).toHaveLength(6);
      expect(event.detail.mail.headers).toContainEqual({ name: 'Subject', value: 'Your order' });
    }
    const [, delivered, bounced, suppressed, complained] = events.map(({ detail }) => detail);
    expect(delivered.delivery.recipients).toEqual([
      'mia@example.com',
      'complaint@simulator.amazonses.com',
      'ooto@simulator.amazonses.com',
      'success@simulator.amazonses.com',
    ]);
    expect(bounced.bounce).toMatchObject({
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: 'bounce+o-1@simulator.amazonses.com', action: 'failed', status: '5.1.1' }],
    });
    expect(suppressed.bounce.bounceSubType).toBe('Suppressed');
    expect(complained.complaint).toMatchObject({
      complainedRecipients: [{ emailAddress: 'complaint@simulator.amazonses.com' }],
      complaintFeedbackType: 'abuse',
    });
    expect((await under.ses.send(new ListSuppressedDestinationsCommand({}))).SuppressedDestinationSummaries).toEqual(
      [],
    );
  });

  it('sends nothing to an address on the suppression list, unless the configuration set says otherwise', async () => {
    await under.configurationSet('tracked', 'DELIVERY', 'BOUNCE', 'COMPLAINT');
    for (const [EmailAddress, Reason] of [
      ['gone@example.com', 'BOUNCE'],
      ['angry@example.com', 'COMPLAINT'],
    ] as const) {
      await under.ses.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));
    }
    const Destination = { ToAddresses: ['gone@EXAMPLE.com', 'angry@example.com'] };
    await under.send('', { Destination, ConfigurationSetName: 'tracked' });
    const [bounce, complaint] = (await under.published()).map(({ detail }) => detail);
    expect(bounce.bounce.bounceSubType).toBe('OnAccountSuppressionList');
    expect(complaint.complaint.complaintSubType).toBe('OnAccountSuppressionList');
    const SuppressionOptions = { SuppressedReasons: [] };
    await under.ses.send(new CreateConfigurationSetCommand({ ConfigurationSetName: 'all', SuppressionOptions }));
    const id = await under.send('', { Destination, ConfigurationSetName: 'all' });
    expect(Object.values((await under.json(`/inbox/${id}`)).outcomes)).toEqual(['delivered', 'delivered']);
  });

  it('counts for the account, and by tag where a configuration set asks for it', async () => {
    await under.ses.send(new CreateConfigurationSetCommand({ ConfigurationSetName: 'counted' }));
    const dimension = {
      DimensionName: 'kind',
      DimensionValueSource: 'MESSAGE_TAG',
      DefaultDimensionValue: 'none',
    } as const;
    await under.ses.send(
      new CreateConfigurationSetEventDestinationCommand({
        ConfigurationSetName: 'counted',
        EventDestinationName: 'metrics',
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ['BOUNCE'],
          CloudWatchDestination: { DimensionConfigurations: [dimension] },
        },
      }),
    );
    const EmailTags = [{ Name: 'kind', Value: 'order' }];
    await under.send('bounce@simulator.amazonses.com', { ConfigurationSetName: 'counted', EmailTags });
    await under.send('bounce@simulator.amazonses.com');
    const cloudWatch = new CloudWatchClient(under.running.client);
    const sum = async (MetricName: string, Dimensions?: { Name: string; Value: string }[]) => {
      const span = { StartTime: new Date(Date.UTC(2025, 11, 31)), EndTime: new Date(Date.UTC(2026, 0, 2)) };
      const command = {
        Namespace: 'AWS/SES',
        MetricName,
        Dimensions,
        ...span,
        Period: 172_800,
        Statistics: ['Sum' as const],
      };
      return (await cloudWatch.send(new GetMetricStatisticsCommand(command))).Datapoints!.map((point) => point.Sum);
    };
    expect(await sum('Send')).toEqual([2]);
    expect(await sum('Bounce')).toEqual([2]);
    expect(await sum('Delivery')).toEqual([]);
    expect(await sum('Bounce', [{ Name: 'kind', Value: 'order' }])).toEqual([1]);
    cloudWatch.destroy();
  });

  it('uses the configuration set of the identity when a mail names none', async () => {
    await under.configurationSet('tracked', 'SEND');
    const EmailIdentity = SENDER;
    await under.ses.send(
      new PutEmailIdentityConfigurationSetAttributesCommand({ EmailIdentity, ConfigurationSetName: 'tracked' }),
    );
    await under.send('mia@example.com');
    expect(await under.published()).toHaveLength(1);
  });

  it.each([
    ['SNS', { SnsDestination: { TopicArn: 'arn:aws:sns:us-east-1:000000000000:t' } }, 'SnsDestination is not emulated'],
    [
      'another bus',
      { EventBridgeDestination: { EventBusArn: 'arn:aws:events:us-east-1:000000000000:event-bus/x' } },
      'default event bus',
    ],
    ['no destination', {}, 'exactly one'],
  ])('rejects %s as a destination', async (_, destination, message) => {
    await under.ses.send(new CreateConfigurationSetCommand({ ConfigurationSetName: 's' }));
    const EventDestination = { Enabled: true, MatchingEventTypes: ['SEND' as const], ...destination };
    const input = { ConfigurationSetName: 's', EventDestinationName: 'd', EventDestination };
    await expect(under.ses.send(new CreateConfigurationSetEventDestinationCommand(input))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(message),
    });
  });
});

describe('what is set up', () => {
  it('identities are verified at once, listed, and gone when they are deleted', async () => {
    const created = await under.ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'shop.test' }));
    expect(created).toMatchObject({ IdentityType: 'DOMAIN', VerifiedForSendingStatus: true });
    expect(created.DkimAttributes!.Tokens).toHaveLength(3);
    await expect(under.ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'SHOP.test' }))).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    const { EmailIdentities, NextToken } = await under.ses.send(new ListEmailIdentitiesCommand({ PageSize: 1 }));
    expect(EmailIdentities).toMatchObject([
      { IdentityName: 'shop.test', IdentityType: 'DOMAIN', SendingEnabled: true },
    ]);
    const more = await under.ses.send(new ListEmailIdentitiesCommand({ PageSize: 1, NextToken }));
    expect(more.EmailIdentities!.map(({ IdentityName }) => IdentityName)).toEqual([SENDER]);
    await under.ses.send(new DeleteEmailIdentityCommand({ EmailIdentity: 'shop.test' }));
    await expect(under.ses.send(new GetEmailIdentityCommand({ EmailIdentity: 'shop.test' }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Email identity shop.test does not exist.',
    });
  });

  it('templates are created once, changed, listed and deleted', async () => {
    const TemplateName = 'placed';
    const create = new CreateEmailTemplateCommand({ TemplateName, TemplateContent: { Subject: 'a', Text: 'b' } });
    await under.ses.send(create);
    await expect(under.ses.send(create)).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    await under.ses.send(
      new UpdateEmailTemplateCommand({ TemplateName, TemplateContent: { Subject: 'c', Html: 'd' } }),
    );
    const { TemplateContent } = await under.ses.send(new GetEmailTemplateCommand({ TemplateName }));
    expect(TemplateContent).toEqual({ Subject: 'c', Html: 'd' });
    const { TemplatesMetadata } = await under.ses.send(new ListEmailTemplatesCommand({}));
    expect(TemplatesMetadata).toEqual([{ TemplateName, CreatedTimestamp: new Date('2026-01-01T00:00:00Z') }]);
    await under.ses.send(new DeleteEmailTemplateCommand({ TemplateName }));
    const gone = { Content: { Template: { TemplateName, TemplateData: '{}' } } };
    await expect(under.send('mia@example.com', gone)).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('configuration sets pause sending, and tell of their destinations', async () => {
    await under.configurationSet('tracked', 'SEND');
    const EventDestinationName = 'bus';
    const set = { ConfigurationSetName: 'tracked' };
    const { EventDestinations } = await under.ses.send(new GetConfigurationSetEventDestinationsCommand(set));
    expect(EventDestinations).toMatchObject([{ Name: 'bus', Enabled: true, MatchingEventTypes: ['SEND'] }]);
    await under.ses.send(new DeleteConfigurationSetEventDestinationCommand({ ...set, EventDestinationName }));
    await under.send('mia@example.com', set);
    expect(await under.published()).toEqual([]);
    const paused = { ConfigurationSetName: 'paused', SendingOptions: { SendingEnabled: false } };
    await under.ses.send(new CreateConfigurationSetCommand(paused));
    expect(await under.ses.send(new GetConfigurationSetCommand({ ConfigurationSetName: 'paused' }))).toMatchObject(
      paused,
    );
    const { ConfigurationSets } = await under.ses.send(new ListConfigurationSetsCommand({}));
    expect(ConfigurationSets).toEqual(['paused', 'tracked']);
    await expect(under.send('mia@example.com', { ConfigurationSetName: 'paused' })).rejects.toMatchObject({
      name: 'SendingPausedException',
    });
    await expect(under.send('mia@example.com', { ConfigurationSetName: 'none' })).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Configuration set none does not exist.',
    });
  });

  it('the suppression list is kept by reason', async () => {
    const EmailAddress = 'gone+1@example.com';
    await under.ses.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: 'BOUNCE' }));
    const { SuppressedDestination } = await under.ses.send(new GetSuppressedDestinationCommand({ EmailAddress }));
    expect(SuppressedDestination).toMatchObject({ EmailAddress, Reason: 'BOUNCE', LastUpdateTime: expect.any(Date) });
    const list = async (...Reasons: ('BOUNCE' | 'COMPLAINT')[]) =>
      (await under.ses.send(new ListSuppressedDestinationsCommand({ Reasons }))).SuppressedDestinationSummaries!.length;
    expect([await list('BOUNCE', 'COMPLAINT'), await list('COMPLAINT'), await list()]).toEqual([1, 0, 1]);
    await under.ses.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
    await expect(under.ses.send(new GetSuppressedDestinationCommand({ EmailAddress }))).rejects.toMatchObject({
      message: `Email address ${EmailAddress} does not exist on your suppression list.`,
    });
  });

  it('the account is out of the sandbox and counts a day of recipients', async () => {
    await under.send('', { Destination: { ToAddresses: ['a@example.com', 'b@example.com'] } });
    const account = await under.ses.send(new GetAccountCommand({}));
    expect(account).toMatchObject({ ProductionAccessEnabled: true, SendQuota: { SentLast24Hours: 2 } });
    await under.clock.turn(24 * 60 * 60 * 1000);
    const later = await under.ses.send(new GetAccountCommand({}));
    expect(later.SendQuota!.SentLast24Hours).toBe(0);
  });
});
