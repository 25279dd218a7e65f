import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateConfigurationSetCommand,
  CreateConfigurationSetEventDestinationCommand,
  ListSuppressedDestinationsCommand,
  PutEmailIdentityConfigurationSetAttributesCommand,
  PutSuppressedDestinationCommand,
} from '@aws-sdk/client-sesv2';
import { SENDER, SesUnderTest } from '../support/ses-client';

let under: SesUnderTest;

beforeEach(async () => {
  under = new SesUnderTest();
  await under.start();
});

afterEach(() => under.stop());

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
