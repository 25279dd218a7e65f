import {
  CreateConfigurationSetCommand,
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
  PutSuppressedDestinationCommand,
  UpdateEmailTemplateCommand,
} from '@aws-sdk/client-sesv2';
import { SENDER, SesUnderTest } from '../support/ses-client';

let under: SesUnderTest;

beforeEach(async () => {
  under = new SesUnderTest();
  await under.start();
});

afterEach(() => under.stop());

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
    expect(await under.listed('identities?PageSize=1')).toMatchObject({ EmailIdentities, NextToken });
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
    expect(await under.listed('configuration-sets')).toEqual({ ConfigurationSets });
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
