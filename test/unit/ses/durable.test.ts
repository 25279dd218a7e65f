import { createSesService } from '../../../local/services/ses/router';
import { DurableServices } from '../../support/durable-services';

describe('what SES has that outlives its process', () => {
  let life: DurableServices;
  beforeEach(async () => {
    life = await DurableServices.start((host) => [createSesService(host)]);
  });
  afterEach(() => life.close());
  const call = (action: string, input: object = {}) => life.call('ses', action, input);
  const send = (to: string) =>
    call('SendEmail', {
      FromEmailAddress: 'shop@example.com',
      Destination: { ToAddresses: [to] },
      Content: { Simple: { Subject: { Data: 'é' }, Body: { Text: { Data: 'hello' } } } },
    });
  const inbox = () => life.running.gateway.serviceByName('ses')!.pages!;
  const listed = async () => {
    const page = {
      method: 'GET',
      path: '',
      query: new URLSearchParams(),
      headers: { accept: 'application/json' },
    } as const;
    return JSON.parse(String((await inbox().answer(page)).body));
  };

  it('is identities, configuration sets with their destinations, templates, the suppression list, and the mail', async () => {
    await call('CreateEmailIdentity', { EmailIdentity: 'example.com' });
    await call('CreateConfigurationSet', { ConfigurationSetName: 'set' });
    const EventDestination = {
      Enabled: true,
      MatchingEventTypes: ['BOUNCE'],
      EventBridgeDestination: { EventBusArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' },
    };
    const destination = { ConfigurationSetName: 'set', EventDestinationName: 'bus', EventDestination };
    await call('CreateConfigurationSetEventDestination', destination);
    await call('CreateEmailTemplate', { TemplateName: 't', TemplateContent: { Subject: 's', Text: 'x' } });
    await call('PutSuppressedDestination', { EmailAddress: 'no@example.org', Reason: 'BOUNCE' });
    await send('ann@example.org');
    await life.restart();
    await send('bob@example.org');
    await life.restart();
    expect(await call('GetEmailIdentity', { EmailIdentity: 'example.com' })).toMatchObject({ IdentityType: 'DOMAIN' });
    const { EventDestinations } = await call('GetConfigurationSetEventDestinations', { ConfigurationSetName: 'set' });
    expect(EventDestinations).toMatchObject([{ Name: 'bus', Enabled: true }]);
    expect((await call('GetEmailTemplate', { TemplateName: 't' })).TemplateContent).toMatchObject({ Subject: 's' });
    expect((await call('ListSuppressedDestinations')).SuppressedDestinationSummaries).toHaveLength(1);
    expect((await call('GetAccount')).SendQuota.SentLast24Hours).toBe(2);
    const mails = JSON.stringify(await listed());
    expect(mails).toContain('ann@example.org');
    expect(mails).toContain('bob@example.org');
    await life.turn(25 * 3600 * 1000);
    expect((await call('GetAccount')).SendQuota.SentLast24Hours).toBe(0);
    expect(life.count('ses.sendings')).toBe(0);
  });
});
