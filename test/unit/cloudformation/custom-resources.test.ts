import type { Host } from '../../../local/wire/host';
import type { Service } from '../../../local/wire/service';
import { cloud, template } from './cloud';

const TOKEN = 'arn:aws:lambda:us-east-1:000000000000:function:maker';

type Reply = { Status: string; Reason?: string; PhysicalResourceId?: string; Data?: object } | undefined;

/** An account whose function answers each event as `reply` says; undefined: not at all. */
function accountWith(reply: (event: any) => Reply) {
  const requests: any[] = [];
  const lambda = (host: Host): Service => ({
    name: 'lambda',
    protocols: [],
    actions: {
      Invoke: {
        handle: async ({ FunctionName, InvocationType, Payload }) => {
          const event = JSON.parse(Payload);
          requests.push({ ...event, FunctionName, InvocationType });
          const answer = reply(event);
          if (answer) void put(host, event.ResponseURL, JSON.stringify(answer));
        },
      },
    },
  });
  const account = cloud((host) => [lambda(host)]);
  account.gateway.boundTo('http://127.0.0.1:1');
  return { ...account, requests };
}

/** What a function does with its URL; without a port in between. */
function put(host: Host, url: string, body: string): Promise<unknown> {
  const Signature = new URL(url).searchParams.get('X-Amz-Signature');
  const caller = { kind: 'user', arn: 'arn:aws:iam::000000000000:user/x', accountId: '000000000000' } as const;
  return host.call(caller, 'cloudformation', 'PutCustomResourceResponse', { Signature, Body: Buffer.from(body) });
}

const magic = (Properties: object) => ({ Type: 'Custom::Magic', Properties: { ServiceToken: TOKEN, ...Properties } });

it('asks its function, and gives what it answers to Ref and Fn::GetAtt', async () => {
  const { create, describe, requests } = accountWith(() => ({
    Status: 'SUCCESS',
    PhysicalResourceId: 'rabbit',
    Data: { Colour: 'white', Ear: { Length: 7 } },
  }));
  const Outputs = {
    Id: { Value: { Ref: 'Hat' } },
    Colour: { Value: { 'Fn::GetAtt': ['Hat', 'Colour'] } },
    Ears: { Value: { 'Fn::GetAtt': ['Hat', 'Ear.Length'] } },
  };
  await create(template({ Hat: magic({ Count: 2, Loud: true, Nested: { Deep: [1] } }) }, { Outputs }));
  const values = (await describe()).Outputs.map((output: any) => output.OutputValue);
  expect(values).toEqual(['rabbit', 'white', '7']);
  expect(requests).toEqual([
    {
      FunctionName: TOKEN,
      InvocationType: 'Event',
      RequestType: 'Create',
      ServiceToken: TOKEN,
      ResponseURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1\/cloudformation-custom-resource-response\/arn/),
      StackId: expect.stringContaining(':stack/stack/'),
      RequestId: expect.any(String),
      LogicalResourceId: 'Hat',
      ResourceType: 'Custom::Magic',
      ResourceProperties: { ServiceToken: TOKEN, Count: '2', Loud: 'true', Nested: { Deep: ['1'] } },
    },
  ]);
});

it('is changed in place while its id stays, and replaced when the answer names another', async () => {
  const { create, update, remove, requests } = accountWith(({ ResourceProperties, RequestType }) => ({
    Status: 'SUCCESS',
    PhysicalResourceId: RequestType === 'Delete' ? undefined : ResourceProperties.Name,
  }));
  await create(template({ Hat: magic({ Name: 'a', Size: 1 }) }));
  await update(template({ Hat: magic({ Name: 'a', Size: 2 }) }));
  await update(template({ Hat: magic({ Name: 'b', Size: 2 }) }));
  await remove();
  expect(requests.map((event) => [event.RequestType, event.PhysicalResourceId])).toEqual([
    ['Create', undefined],
    ['Update', 'a'],
    ['Update', 'a'],
    ['Delete', 'a'],
    ['Delete', 'b'],
  ]);
  expect(requests[1].OldResourceProperties).toMatchObject({ Size: '1' });
});

it('fails with the reason of its function, and the stack is rolled back', async () => {
  const { create, events } = accountWith(({ RequestType }) =>
    RequestType === 'Create'
      ? { Status: 'FAILED', Reason: 'no hat', PhysicalResourceId: 'x' }
      : { Status: 'SUCCESS', PhysicalResourceId: 'x' },
  );
  await expect(create(template({ Hat: magic({}) }))).rejects.toThrow('ROLLBACK_COMPLETE');
  expect(await events('stack')).toContainEqual(
    expect.stringMatching(
      /^Hat CREATE_FAILED Received response status \[FAILED\] from custom resource\. Message returned: no hat \(RequestId: [0-9a-f-]{36}\)$/,
    ),
  );
});

it('fails when its function does not answer in the time that it was given', async () => {
  const { create, clock, requests } = accountWith(() => undefined);
  const created = create(template({ Hat: magic({ ServiceTimeout: 60 }) }));
  const failed = expect(created).rejects.toThrow(
    'CloudFormation did not receive a response from your Custom Resource.',
  );
  while (requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await clock.turn(59_999);
  await clock.turn(1);
  await failed;
});

it('takes one answer, and none that nobody waits for', async () => {
  const { gateway, create, requests } = accountWith(() => ({ Status: 'SUCCESS', PhysicalResourceId: 'x' }));
  await create(template({ Hat: magic({}) }));
  await expect(put(gateway, requests[0].ResponseURL, '{}')).rejects.toMatchObject({ code: 'AccessDenied' });
  await expect(put(gateway, 'http://127.0.0.1:1/x?X-Amz-Signature=guess', '{}')).rejects.toThrow('Request has expired');
});

it.each([
  ['no token', { ServiceToken: undefined }, 'ServiceToken is required'],
  ['a topic', { ServiceToken: 'arn:aws:sns:us-east-1:000000000000:t' }, 'names no Lambda function'],
])('refuses %s', async (_what, properties, message) => {
  const { create } = accountWith(() => ({ Status: 'SUCCESS', PhysicalResourceId: 'x' }));
  await expect(create(template({ Hat: magic(properties) }))).rejects.toThrow(message);
});
