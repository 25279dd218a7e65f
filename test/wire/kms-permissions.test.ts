import {
  CreateGrantCommand,
  type CreateGrantCommandInput,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  KMSClient,
  ListGrantsCommand,
  PutKeyPolicyCommand,
  RetireGrantCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import { ACCOUNT, ADMINISTRATOR, KmsAccount, keyPolicy, policy, ROOT, roleArn } from '../support/kms-account';

const account = new KmsAccount();
const clients: KMSClient[] = [];
const asRole = (name: string) => {
  const client = new KMSClient(account.as(name));
  clients.push(client);
  return client;
};

/** `named` has no policy of its own; `allowed` may do everything with every key, as far as identity policies go. */
beforeAll(async () => {
  await account.start();
  await account.addRole('named');
  await account.addRole('allowed', { Effect: 'Allow', Action: 'kms:*', Resource: '*' });
  await account.addRole(
    'denied',
    { Effect: 'Allow', Action: 'kms:*', Resource: '*' },
    { Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' },
  );
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await account.stop();
});

const createKey = async (Policy?: string) => (await account.kms.send(new CreateKeyCommand({ Policy }))).KeyMetadata!;
const allow = (AWS: string, more: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action: ['kms:Encrypt', 'kms:Decrypt'],
  Resource: '*',
  ...more,
});
const encrypt = (role: string, KeyId: string | undefined, EncryptionContext?: Record<string, string>) =>
  asRole(role).send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x'), EncryptionContext }));
const sessionArn = (role: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/session`;
const refusal = (role: string, keyArn: string | undefined, why: string, action = 'kms:Encrypt') => ({
  name: 'AccessDeniedException',
  message: `User: ${sessionArn(role)} is not authorized to perform: ${action} on resource: ${keyArn} ${why}`,
});
const NO_IDENTITY = 'because no identity-based policy allows the kms:Encrypt action';
const NO_KEY_POLICY = 'because no resource-based policy allows the kms:Encrypt action';

describe('a key policy', () => {
  it('that names the account leaves the decision to identity policies', async () => {
    const { KeyId, Arn } = await createKey();
    await expect(encrypt('allowed', KeyId)).resolves.toMatchObject({ KeyId: Arn });
    await expect(encrypt('named', KeyId)).rejects.toMatchObject(refusal('named', Arn, NO_IDENTITY));
  });

  it('that names a role needs no identity policy, and keeps out those it does not name', async () => {
    const { KeyId, Arn } = await createKey(keyPolicy(allow(roleArn('named'))));
    await expect(encrypt('named', KeyId)).resolves.toMatchObject({ KeyId: Arn });
    await expect(encrypt('allowed', KeyId)).rejects.toMatchObject(refusal('allowed', Arn, NO_KEY_POLICY));
  });

  it('yields to an explicit deny, in an identity policy or its own', async () => {
    const { KeyId, Arn } = await createKey(keyPolicy(allow(roleArn('denied'))));
    const inIdentity = 'with an explicit deny in an identity-based policy';
    await expect(encrypt('denied', KeyId)).rejects.toMatchObject(refusal('denied', Arn, inIdentity));
    const denying = await createKey(
      keyPolicy(allow(roleArn('named')), { ...allow(roleArn('named')), Effect: 'Deny', Action: 'kms:Encrypt' }),
    );
    const inPolicy = 'with an explicit deny in a resource-based policy';
    await expect(encrypt('named', denying.KeyId)).rejects.toMatchObject(refusal('named', denying.Arn, inPolicy));
  });

  it('stops the administrator too when it does not name him', async () => {
    const { KeyId, Arn } = await createKey();
    const others = JSON.stringify(policy(allow(roleArn('named'))));
    const lockout = { KeyId, Policy: others };
    await expect(account.kms.send(new PutKeyPolicyCommand(lockout))).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'The new key policy will not allow you to update the key policy in the future.',
    });
    await account.kms.send(new PutKeyPolicyCommand({ ...lockout, BypassPolicyLockoutSafetyCheck: true }));
    await expect(account.kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        `User: ${ADMINISTRATOR} is not authorized to perform: kms:DescribeKey on resource: ${Arn} ` +
        'because no resource-based policy allows the kms:DescribeKey action',
    });
    await expect(encrypt('named', KeyId)).resolves.toMatchObject({ KeyId: Arn });
  });

  it('that denies the administrator stops him where it denies', async () => {
    const deny = { ...allow(ROOT), Effect: 'Deny', Action: 'kms:Encrypt' };
    const { KeyId } = await createKey(keyPolicy(deny));
    const command = new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') });
    await expect(account.kms.send(command)).rejects.toThrow('with an explicit deny in a resource-based policy');
    await expect(account.kms.send(new DescribeKeyCommand({ KeyId }))).resolves.toMatchObject({});
  });
});

describe('a condition of a key policy', () => {
  const conditions: [string, object, Record<string, string> | undefined, boolean][] = [
    ['an encryption context', { 'kms:EncryptionContext:shop': 'a' }, { shop: 'a' }, true],
    ['another encryption context', { 'kms:EncryptionContext:shop': 'a' }, { shop: 'b' }, false],
    ['no encryption context', { 'kms:EncryptionContext:shop': 'a' }, undefined, false],
    ['the names of its pairs', { 'kms:EncryptionContextKeys': ['shop'] }, { shop: 'b' }, true],
    ['the account', { 'kms:CallerAccount': ACCOUNT }, undefined, true],
    ['another account', { 'kms:CallerAccount': '999999999999' }, undefined, false],
    ['a service', { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' }, undefined, false],
    ['an alias that the request does not name', { 'kms:RequestAlias': 'alias/x' }, undefined, false],
    ['a key spec', { 'kms:KeySpec': 'SYMMETRIC_DEFAULT' }, undefined, true],
  ];
  it.each(conditions)('on %s (%j, with %j) counts', async (_, equals, context, isAllowed) => {
    const Condition = { StringEquals: equals };
    const { KeyId } = await createKey(keyPolicy(allow(roleArn('named'), { Condition })));
    const asked = encrypt('named', KeyId, context);
    if (isAllowed) await expect(asked).resolves.toBeDefined();
    else await expect(asked).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('speaks of the key that a ciphertext names, without its being named', async () => {
    const Condition = { StringEquals: { 'kms:EncryptionContext:shop': 'a' } };
    const { KeyId } = await createKey(keyPolicy(allow(roleArn('named'), { Condition, Action: 'kms:Decrypt' })));
    const seal = async (shop: string) =>
      (await account.kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x'), EncryptionContext: { shop } })))
        .CiphertextBlob;
    const open = async (shop: string) =>
      asRole('named').send(new DecryptCommand({ CiphertextBlob: await seal(shop), EncryptionContext: { shop } }));
    await expect(open('a')).resolves.toBeDefined();
    await expect(open('b')).rejects.toThrow('kms:Decrypt');
  });
});

describe('a grant', () => {
  const grant = async (input: Partial<CreateGrantCommandInput> = {}) => {
    const key = await createKey();
    const GranteePrincipal = roleArn('named');
    const command = new CreateGrantCommand({
      KeyId: key.KeyId,
      GranteePrincipal,
      Operations: ['Encrypt', 'RetireGrant'],
      ...input,
    });
    return { key, ...(await account.kms.send(command)) };
  };

  it('lets its grantee in until it is revoked', async () => {
    const { key, GrantId } = await grant();
    await expect(encrypt('named', key.KeyId)).resolves.toBeDefined();
    const { Grants } = await account.kms.send(new ListGrantsCommand({ KeyId: key.KeyId }));
    expect(Grants).toMatchObject([
      { GrantId, GranteePrincipal: roleArn('named'), Operations: ['Encrypt', 'RetireGrant'] },
    ]);
    await account.kms.send(new RevokeGrantCommand({ KeyId: key.KeyId, GrantId }));
    await expect(encrypt('named', key.KeyId)).rejects.toMatchObject(refusal('named', key.Arn, NO_IDENTITY));
  });

  it('permits no other operation, and nobody else', async () => {
    const { key } = await grant();
    const describe = asRole('named').send(new DescribeKeyCommand({ KeyId: key.KeyId }));
    await expect(describe).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const other = await grant({ GranteePrincipal: roleArn('other') });
    await expect(encrypt('named', other.key.KeyId)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('holds only in the encryption context of its constraint', async () => {
    const { key } = await grant({ Constraints: { EncryptionContextSubset: { shop: 'a' } } });
    await expect(encrypt('named', key.KeyId, { shop: 'a', more: '1' })).resolves.toBeDefined();
    await expect(encrypt('named', key.KeyId, { shop: 'b' })).rejects.toThrow('kms:Encrypt');
    const exact = await grant({ Constraints: { EncryptionContextEquals: { shop: 'a' } } });
    await expect(encrypt('named', exact.key.KeyId, { shop: 'a' })).resolves.toBeDefined();
    await expect(encrypt('named', exact.key.KeyId, { shop: 'a', more: '1' })).rejects.toThrow('kms:Encrypt');
  });

  it('yields to an explicit deny', async () => {
    const { key } = await grant({ GranteePrincipal: roleArn('denied') });
    await expect(encrypt('denied', key.KeyId)).rejects.toThrow('with an explicit deny in an identity-based policy');
  });

  it('is retired by its grantee where it says so', async () => {
    const { key, GrantToken } = await grant();
    await asRole('named').send(new RetireGrantCommand({ GrantToken }));
    await expect(encrypt('named', key.KeyId)).rejects.toThrow('kms:Encrypt');
    const kept = await grant({ Operations: ['Encrypt'] });
    const refused = expect(asRole('named').send(new RetireGrantCommand({ GrantToken: kept.GrantToken }))).rejects;
    await refused.toMatchObject({ name: 'AccessDeniedException' });
  });
});
