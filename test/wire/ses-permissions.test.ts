import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { createCloudFormationService } from '../../local/services/cloudformation/router';
import { createIamServices } from '../../local/services/iam/router';
import { createSesService } from '../../local/services/ses/router';
import type { Gateway } from '../../local/wire/gateway';
import { type RunningGateway, startGateway } from '../support/embedded';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};
const arn = (resource: string) => `arn:aws:ses:us-east-1:000000000000:${resource}`;
const allow = (Action: string | string[], Resource: string[], Condition?: object) => ({
  Effect: 'Allow',
  ...{ Action, Resource: Resource.map(arn), Condition },
});

const Statement = [
  allow('ses:SendEmail', ['identity/shop.test', 'configuration-set/tracked']),
  allow(['ses:SendRawEmail', 'ses:SendTemplatedEmail'], ['identity/raw@example.com', 'template/placed'], {
    StringEquals: { 'ses:FromAddress': 'raw@example.com', 'ses:FromDisplayName': 'Raw' },
    'ForAllValues:StringLike': { 'ses:Recipients': ['*@example.com'] },
  }),
];

const template = {
  Resources: {
    Domain: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'shop.test' } },
    Address: {
      Type: 'AWS::SES::EmailIdentity',
      Properties: {
        EmailIdentity: 'second@example.com',
        ConfigurationSetAttributes: { ConfigurationSetName: { Ref: 'Other' } },
      },
    },
    Raw: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'raw@example.com' } },
    Set: {
      Type: 'AWS::SES::ConfigurationSet',
      Properties: { Name: 'tracked', SuppressionOptions: { SuppressedReasons: ['BOUNCE'] } },
    },
    Other: { Type: 'AWS::SES::ConfigurationSet' },
    Destination: {
      Type: 'AWS::SES::ConfigurationSetEventDestination',
      Properties: {
        ConfigurationSetName: { Ref: 'Set' },
        EventDestination: {
          Name: 'bus',
          Enabled: 'true',
          MatchingEventTypes: ['bounce', 'renderingFailure', 'DELIVERY_DELAY'],
          EventBridgeDestination: {
            EventBusArn: { 'Fn::Sub': 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default' },
          },
        },
      },
    },
    Template: {
      Type: 'AWS::SES::Template',
      Properties: { Template: { TemplateName: 'placed', SubjectPart: 'Order {{id}}', TextPart: 'x' } },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust,
        Policies: [{ PolicyName: 'mail', PolicyDocument: { Version: '2012-10-17', Statement } }],
      },
    },
  },
  Outputs: {
    RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    Identity: { Value: { Ref: 'Domain' } },
    Record: { Value: { 'Fn::GetAtt': ['Domain', 'DkimDNSTokenName1'] } },
    Template: { Value: { Ref: 'Template' } },
  },
};

let running: RunningGateway;
let cloudFormation: ReturnType<typeof createCloudFormationService>;
let outputs: Record<string, string>;
let ses: SESv2Client;
let role: string;

beforeAll(async () => {
  let authorizer!: ReturnType<typeof createIamServices>['authorizer'];
  running = await startGateway((host) => {
    const { iam, sts, authorizer: made } = createIamServices(host);
    authorizer = made;
    (host as Gateway).useAuthorizer(made);
    return [iam, sts, createSesService(host)];
  });
  cloudFormation = createCloudFormationService(running.gateway, () => running.gateway.registered);
  running.gateway.register(cloudFormation);
  await (await cloudFormation.createStack({ stackName: 'mail', template })).done;
  const { Stacks } = await as('cloudformation', 'DescribeStacks', {});
  outputs = Object.fromEntries(Stacks[0].Outputs.map(({ OutputKey, OutputValue }: any) => [OutputKey, OutputValue]));
  const worker = authorizer.assumeRole(outputs.RoleArn!, 'lambda.amazonaws.com', 'fn');
  role = worker.kind === 'role' ? worker.arn : '';
  ses = new SESv2Client({ ...running.client, credentials: authorizer.credentialsOf(worker) });
});
afterAll(async () => {
  ses.destroy();
  await running.close();
});

/** A call of the administrator. */
function as(service: string, action: string, input: object) {
  return running.gateway.call(running.gateway.identify(''), service, action, input);
}

const simple = { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } };
const send = (FromEmailAddress: string, more: Partial<SendEmailCommandInput> = {}) =>
  ses.send(
    new SendEmailCommand({
      FromEmailAddress,
      Destination: { ToAddresses: ['mia@example.com'] },
      Content: simple,
      ...more,
    }),
  );
const refused = (action: string, resource: string) => ({
  name: 'AccessDeniedException',
  message: `User \`${role}' is not authorized to perform \`ses:${action}' on resource \`${arn(resource)}'`,
  $metadata: { httpStatusCode: 403 },
});

it("decides on the sender's identity: its domain's, unless the address has one of its own", async () => {
  await expect(send('orders@shop.test')).resolves.toMatchObject({ MessageId: expect.any(String) });
  await expect(send('second@example.com')).rejects.toMatchObject(refused('SendEmail', 'identity/second@example.com'));
  await expect(send('nobody@example.com')).rejects.toMatchObject(refused('SendEmail', 'identity/nobody@example.com'));
});

it('decides on the configuration set too', async () => {
  await send('orders@shop.test', { ConfigurationSetName: 'tracked' });
  const other = send('orders@shop.test', { ConfigurationSetName: 'other' });
  await expect(other).rejects.toMatchObject(refused('SendEmail', 'configuration-set/other'));
});

it('knows raw and templated mail as actions of their own, with conditions on sender and recipients', async () => {
  const Raw = { Data: Buffer.from('Subject: x\r\n\r\nx') };
  const Template = { TemplateName: 'placed', TemplateData: '{"id":1}' };
  await send('Raw <raw@example.com>', { Content: { Raw } });
  await send('Raw <raw@example.com>', { Content: { Template } });
  const identity = 'identity/raw@example.com';
  await expect(send('Raw <raw@example.com>')).rejects.toMatchObject(refused('SendEmail', identity));
  await expect(send('raw@example.com', { Content: { Raw } })).rejects.toMatchObject(refused('SendRawEmail', identity));
  const Destination = { ToAddresses: ['mia@example.com'], BccAddresses: ['spy@elsewhere.org'] };
  const leaked = send('Raw <raw@example.com>', { Content: { Raw }, Destination });
  await expect(leaked).rejects.toMatchObject(refused('SendRawEmail', identity));
  const stored = { Template: { ...Template, TemplateName: 'other' } };
  const otherTemplate = send('Raw <raw@example.com>', { Content: stored });
  await expect(otherTemplate).rejects.toMatchObject(refused('SendTemplatedEmail', 'template/other'));
});

it('sets up what a template asks for, and takes it away with the stack', async () => {
  expect(outputs).toMatchObject({
    Identity: 'shop.test',
    Record: expect.stringMatching(/^[0-9a-f]{32}\._domainkey\.shop\.test$/),
    Template: 'placed',
  });
  const { EventDestinations } = await as('ses', 'GetConfigurationSetEventDestinations', {
    ConfigurationSetName: 'tracked',
  });
  expect(EventDestinations).toMatchObject([
    { Name: 'bus', Enabled: true, MatchingEventTypes: ['BOUNCE', 'RENDERING_FAILURE', 'DELIVERY_DELAY'] },
  ]);
  const { ConfigurationSetName } = await as('ses', 'GetEmailIdentity', { EmailIdentity: 'second@example.com' });
  expect(ConfigurationSetName).toMatch(/^mail-Other-/);
  const only = { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'only@example.com' } };
  await (await cloudFormation.createStack({ stackName: 'second', template: { Resources: { Only: only } } })).done;
  expect((await as('ses', 'ListEmailIdentities', {})).EmailIdentities).toHaveLength(4);
  await as('cloudformation', 'DeleteStack', { StackName: 'second' });
  await expect(as('ses', 'GetEmailIdentity', { EmailIdentity: 'only@example.com' })).rejects.toMatchObject({
    code: 'NotFoundException',
  });
});

it('rejects a property that is not emulated', async () => {
  const properties = {
    ConfigurationSetName: 'tracked',
    EventDestination: { MatchingEventTypes: ['send'], SnsDestination: { TopicARN: 'arn:aws:sns:us-east-1:1:t' } },
  };
  const resources = { D: { Type: 'AWS::SES::ConfigurationSetEventDestination', Properties: properties } };
  const create = async () =>
    (await cloudFormation.createStack({ stackName: 'sns', template: { Resources: resources } })).done;
  await expect(create()).rejects.toThrow('EventDestination.SnsDestination');
});
