import { IngestionStacks } from '../../support/ingestion/ingestion-stacks';
import { type Credentials, searchAs } from '../../support/ingestion/search-as';

const WORDS = { acme: 'The combination of the vault is seven.', b: 'The ferry crosses the sound at noon.' };

let stacks: IngestionStacks;
beforeAll(async () => {
  stacks = await IngestionStacks.start();
  for (const [tenant, text] of Object.entries(WORDS)) {
    stacks.write(`${tenant}.md`, text);
    await stacks.ingest(`${tenant}.md`, '--tenant', tenant);
  }
}, 120_000);
afterAll(() => stacks.stop());

/** Credentials of a role that may call the API on this path alone. */
async function callerOf(name: string, path: string): Promise<Credentials> {
  const { embedded } = stacks;
  const allow = (rest: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] });
  const Resource = `arn:aws:execute-api:${embedded.region}:${embedded.accountId}:*/$default/GET${path}`;
  const template = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: allow({ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }),
          Policies: [{ PolicyName: 'search', PolicyDocument: allow({ Action: 'execute-api:Invoke', Resource }) }],
        },
      },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  };
  await (await embedded.cloudFormation.createStack({ stackName: name, template } as never)).done;
  const { Stacks } = await stacks.call('cloudformation', 'DescribeStacks', { StackName: name });
  const caller = embedded.authorizer.assumeRole(Stacks[0].Outputs[0].OutputValue, 'lambda.amazonaws.com', name);
  return embedded.authorizer.credentialsOf(caller);
}

describe('a caller who signs', () => {
  it('finds the passages of the tenant whose path IAM lets it call, and of no other', async () => {
    const search = searchAs(stacks, await callerOf('acme-reader', '/tenants/acme/*'));
    const own = await search('acme', { q: 'combination of the vault', k: 25 });
    expect(own.body.results.map(({ text }: { text: string }) => text)).toEqual([WORDS.acme]);
    const tricks = [
      'b',
      '%62',
      'B',
      'acme%2f..%2fb',
      'acme/../b',
      'acme/%2e%2e/b',
      'b%00',
      'b%20',
      'acme,b',
      'acme;b',
      '*',
      '',
    ];
    for (const tenant of tricks) {
      const { statusCode, body } = await search(tenant, { q: 'ferry', k: 25 });
      expect({ tenant, isRefused: [403, 404].includes(statusCode) }).toEqual({ tenant, isRefused: true });
      expect(JSON.stringify(body)).not.toContain('crosses the sound');
    }
  });

  it('finds nothing of another tenant by naming it beside the path', async () => {
    const search = searchAs(stacks, await callerOf('acme-asker', '/tenants/acme/*'));
    expect((await search('acme', { q: 'ferry', tenant: 'b' })).statusCode).toBe(422);
    for (const path of ['b.md', '../b/b.md', 'b/b.md', 'documents/b/b.md']) {
      expect((await search('acme', { q: 'ferry', path })).body).toEqual({ results: [] });
    }
  });

  it('is refused without a policy, and without a signature', async () => {
    const search = searchAs(stacks, await callerOf('nobody', '/nothing'));
    for (const tenant of Object.keys(WORDS)) expect((await search(tenant, { q: 'ferry' })).statusCode).toBe(403);
    const { status } = await fetch(`${stacks.outputs.SearchApiUrl}/tenants/acme/search?q=ferry`);
    expect(status).toBe(403);
  });
});
