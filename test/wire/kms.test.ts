import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateMacCommand,
  GenerateRandomCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListKeyPoliciesCommand,
  ListKeyRotationsCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  ReEncryptCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { ACCOUNT, KmsAccount } from '../support/kms-account';

const DAY_MS = 24 * 3600 * 1000;
const text = (value: string) => new TextEncoder().encode(value);
const read = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

const account = new KmsAccount();
beforeAll(() => account.start());
afterAll(() => account.stop());

const createKey = async (input: CreateKeyCommandInput = {}) =>
  (await account.kms.send(new CreateKeyCommand(input))).KeyMetadata!;
const encrypt = async (KeyId: string, plaintext: string, EncryptionContext?: Record<string, string>) =>
  (await account.kms.send(new EncryptCommand({ KeyId, Plaintext: text(plaintext), EncryptionContext })))
    .CiphertextBlob!;
const decrypt = async (CiphertextBlob: Uint8Array, EncryptionContext?: Record<string, string>) =>
  read((await account.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))).Plaintext);

describe('a key', () => {
  it('is described by its id, its ARN, its alias and the ARN of its alias', async () => {
    const { KeyId, Arn } = await createKey({ Description: 'orders', Tags: [{ TagKey: 'team', TagValue: 'shop' }] });
    const alias = 'alias/orders';
    await account.kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: KeyId }));
    for (const name of [KeyId, Arn, alias, `arn:aws:kms:us-east-1:${ACCOUNT}:${alias}`]) {
      const { KeyMetadata } = await account.kms.send(new DescribeKeyCommand({ KeyId: name }));
      expect(KeyMetadata).toMatchObject({
        KeyId,
        Arn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/${KeyId}`,
        Description: 'orders',
        Enabled: true,
        KeyState: 'Enabled',
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeyManager: 'CUSTOMER',
        Origin: 'AWS_KMS',
        EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      });
    }
  });

  it('is changed in description and tags, and listed', async () => {
    const { KeyId, Arn } = await createKey();
    await account.kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'new' }));
    await account.kms.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'a', TagValue: '1' }] }));
    await account.kms.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'b', TagValue: '2' }] }));
    await account.kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['a'] }));
    expect((await account.kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.Description).toBe('new');
    expect((await account.kms.send(new ListResourceTagsCommand({ KeyId }))).Tags).toEqual([
      { TagKey: 'b', TagValue: '2' },
    ]);
    const keys: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await account.kms.send(new ListKeysCommand({ Limit: 1, Marker }));
      keys.push(...page.Keys!.map(({ KeyArn }) => KeyArn!));
      expect(page.Truncated).toBe(page.NextMarker !== undefined);
      Marker = page.NextMarker;
    } while (Marker);
    expect(keys).toContain(Arn);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has the policy of the account when none is given', async () => {
    const { KeyId } = await createKey();
    const { Policy } = await account.kms.send(new GetKeyPolicyCommand({ KeyId }));
    expect(JSON.parse(Policy!).Statement[0].Principal).toEqual({ AWS: `arn:aws:iam::${ACCOUNT}:root` });
    expect((await account.kms.send(new ListKeyPoliciesCommand({ KeyId }))).PolicyNames).toEqual(['default']);
  });

  const refusals: [string, CreateKeyCommandInput, string][] = [
    ['asymmetric', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }, 'UnsupportedOperationException'],
    ['multi-Region', { MultiRegion: true }, 'UnsupportedOperationException'],
    ['an HMAC key for encryption', { KeySpec: 'HMAC_256' }, 'ValidationException'],
    ['of an unknown spec', { KeySpec: 'AES_256' as any }, 'ValidationException'],
    ['with a policy that is no JSON', { Policy: '{' }, 'MalformedPolicyDocumentException'],
    ['with a policy that is none', { Policy: '{"Statement":[{}]}' }, 'MalformedPolicyDocumentException'],
    ['with a tag of AWS', { Tags: [{ TagKey: 'aws:x', TagValue: '' }] }, 'TagException'],
  ];
  it.each(refusals)('is rejected %s', async (_, input, name) => {
    await expect(createKey(input)).rejects.toMatchObject({ name });
  });

  it('that is not there is NotFoundException', async () => {
    const missing = `arn:aws:kms:us-east-1:${ACCOUNT}:key/00000000-0000-4000-8000-000000000000`;
    const asked: [string, string][] = [
      [missing, `Key '${missing}' does not exist`],
      ['00000000-0000-4000-8000-000000000000', `Key '${missing}' does not exist`],
      ['alias/none', `Alias arn:aws:kms:us-east-1:${ACCOUNT}:alias/none is not found.`],
      ['nonsense', "Invalid keyId 'nonsense'"],
    ];
    for (const [KeyId, message] of asked) {
      const refused = expect(account.kms.send(new DescribeKeyCommand({ KeyId }))).rejects;
      await refused.toMatchObject({ name: 'NotFoundException', message });
    }
  });
});

describe('encryption', () => {
  it('is undone with the same context, in whatever order, and with no other', async () => {
    const { KeyId, Arn } = await createKey();
    const blob = await encrypt(KeyId!, 'secret', { order: '1', shop: 'a' });
    expect(Buffer.from(blob).includes('secret')).toBe(false);
    expect(await decrypt(blob, { shop: 'a', order: '1' })).toBe('secret');
    const answer = await account.kms.send(
      new DecryptCommand({ CiphertextBlob: blob, EncryptionContext: { order: '1', shop: 'a' } }),
    );
    expect(answer.KeyId).toBe(Arn);
    const others: (Record<string, string> | undefined)[] = [
      undefined,
      { order: '1' },
      { order: '1', shop: 'b' },
      { order: '1', shop: 'a', x: '' },
    ];
    for (const context of others) {
      await expect(decrypt(blob, context)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    }
  });

  it('gives another ciphertext each time, which no bit can be changed of', async () => {
    const { KeyId } = await createKey();
    const blob = await encrypt(KeyId!, 'secret');
    expect(Buffer.from(await encrypt(KeyId!, 'secret')).equals(Buffer.from(blob))).toBe(false);
    for (const position of [0, 21, 30, blob.length - 1]) {
      const damaged = Uint8Array.from(blob);
      damaged[position]! ^= 1;
      await expect(decrypt(damaged)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    }
    await expect(decrypt(text('no blob'))).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('fails for another key than the one that is named', async () => {
    const [one, other] = [await createKey(), await createKey()];
    const CiphertextBlob = await encrypt(one.KeyId!, 'secret');
    const command = new DecryptCommand({ CiphertextBlob, KeyId: other.KeyId });
    await expect(account.kms.send(command)).rejects.toMatchObject({ name: 'IncorrectKeyException' });
  });

  it('takes 4096 bytes and no more', async () => {
    const { KeyId } = await createKey();
    expect(await decrypt(await encrypt(KeyId!, 'x'.repeat(4096)))).toHaveLength(4096);
    await expect(encrypt(KeyId!, 'x'.repeat(4097))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('moves from one key and context to others', async () => {
    const [one, other] = [await createKey(), await createKey()];
    const CiphertextBlob = await encrypt(one.KeyId!, 'secret', { of: 'one' });
    const moved = await account.kms.send(
      new ReEncryptCommand({
        CiphertextBlob,
        SourceEncryptionContext: { of: 'one' },
        DestinationKeyId: other.KeyId,
        DestinationEncryptionContext: { of: 'other' },
      }),
    );
    expect(moved).toMatchObject({ SourceKeyId: one.Arn, KeyId: other.Arn });
    expect(await decrypt(moved.CiphertextBlob!, { of: 'other' })).toBe('secret');
  });

  it('gives data keys, with and without their plaintext', async () => {
    const { KeyId, Arn } = await createKey();
    const made = await account.kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
    expect(made.KeyId).toBe(Arn);
    expect(made.Plaintext).toHaveLength(32);
    const opened = await account.kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    expect(opened.Plaintext).toEqual(made.Plaintext);
    const sealed = await account.kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId, NumberOfBytes: 20 }));
    expect(sealed).not.toHaveProperty('Plaintext');
    const key = await account.kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob }));
    expect(key.Plaintext).toHaveLength(20);
    for (const sizes of [{}, { KeySpec: 'AES_256', NumberOfBytes: 32 } as const, { NumberOfBytes: 1025 }]) {
      const refused = expect(account.kms.send(new GenerateDataKeyCommand({ KeyId, ...sizes }))).rejects;
      await refused.toMatchObject({ name: 'ValidationException' });
    }
  });

  it('gives random bytes', async () => {
    const make = () => account.kms.send(new GenerateRandomCommand({ NumberOfBytes: 16 }));
    const [one, other] = [await make(), await make()];
    expect(one.Plaintext).toHaveLength(16);
    expect(one.Plaintext).not.toEqual(other.Plaintext);
  });

  it('only says whether it would succeed when run dry', async () => {
    const { KeyId } = await createKey();
    const refused = expect(account.kms.send(new EncryptCommand({ KeyId, Plaintext: text('x'), DryRun: true }))).rejects;
    await refused.toMatchObject({ name: 'DryRunOperationException' });
  });
});

describe('an HMAC key', () => {
  const specs: ['HMAC_224' | 'HMAC_256' | 'HMAC_384' | 'HMAC_512', number][] = [
    ['HMAC_224', 28],
    ['HMAC_256', 32],
    ['HMAC_384', 48],
    ['HMAC_512', 64],
  ];
  it.each(specs)('of %s makes codes of %i bytes and knows them again', async (KeySpec, length) => {
    const { KeyId } = await createKey({ KeySpec, KeyUsage: 'GENERATE_VERIFY_MAC' });
    const MacAlgorithm = KeySpec.replace('HMAC_', 'HMAC_SHA_') as 'HMAC_SHA_256';
    const request = { KeyId, Message: text('order 1'), MacAlgorithm };
    const { Mac } = await account.kms.send(new GenerateMacCommand(request));
    expect(Mac).toHaveLength(length);
    expect((await account.kms.send(new VerifyMacCommand({ ...request, Mac }))).MacValid).toBe(true);
    const forged = expect(
      account.kms.send(new VerifyMacCommand({ ...request, Message: text('order 2'), Mac })),
    ).rejects;
    await forged.toMatchObject({ name: 'KMSInvalidMacException' });
  });

  it('does not encrypt, takes no other algorithm, and is not rotated', async () => {
    const { KeyId } = await createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    await expect(encrypt(KeyId!, 'x')).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
    const other = { KeyId, Message: text('x'), MacAlgorithm: 'HMAC_SHA_512' } as const;
    const refused = expect(account.kms.send(new GenerateMacCommand(other))).rejects;
    await refused.toMatchObject({ name: 'InvalidKeyUsageException' });
    const rotated = expect(account.kms.send(new EnableKeyRotationCommand({ KeyId }))).rejects;
    await rotated.toMatchObject({ name: 'UnsupportedOperationException' });
  });
});

describe('the state of a key', () => {
  it('disabled refuses its use until it is enabled', async () => {
    const { KeyId, Arn } = await createKey();
    const blob = await encrypt(KeyId!, 'secret');
    await account.kms.send(new DisableKeyCommand({ KeyId }));
    await expect(decrypt(blob)).rejects.toMatchObject({ name: 'DisabledException', message: `${Arn} is disabled.` });
    await account.kms.send(new EnableKeyCommand({ KeyId }));
    expect(await decrypt(blob)).toBe('secret');
  });

  it('pending deletion refuses nearly all, and can be called off', async () => {
    const { KeyId, Arn } = await createKey();
    const blob = await encrypt(KeyId!, 'secret');
    const scheduled = await account.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(scheduled).toMatchObject({ KeyId: Arn, KeyState: 'PendingDeletion', PendingWindowInDays: 7 });
    expect(scheduled.DeletionDate!.getTime()).toBe(account.clock.now() + 7 * DAY_MS);
    const pending = { name: 'KMSInvalidStateException', message: `${Arn} is pending deletion.` };
    await expect(decrypt(blob)).rejects.toMatchObject(pending);
    await expect(account.kms.send(new EnableKeyCommand({ KeyId }))).rejects.toMatchObject(pending);
    await account.kms.send(new CancelKeyDeletionCommand({ KeyId }));
    const { KeyMetadata } = await account.kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({ KeyState: 'Disabled', Enabled: false });
    expect(KeyMetadata!.DeletionDate).toBeUndefined();
    const again = expect(account.kms.send(new CancelKeyDeletionCommand({ KeyId }))).rejects;
    await again.toMatchObject({ name: 'KMSInvalidStateException' });
  });

  it('is gone after its window, with its aliases and what it encrypted', async () => {
    const { KeyId } = await createKey();
    const AliasName = 'alias/gone';
    await account.kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }));
    const blob = await encrypt(KeyId!, 'secret');
    await account.kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    await account.clock.turn(30 * DAY_MS - 1);
    expect((await account.kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.KeyState).toBe('PendingDeletion');
    await account.clock.turn(1);
    for (const name of [KeyId, AliasName]) {
      const refused = expect(account.kms.send(new DescribeKeyCommand({ KeyId: name }))).rejects;
      await refused.toMatchObject({ name: 'NotFoundException' });
    }
    await expect(decrypt(blob)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('rotation', () => {
  const rotations = async (KeyId: string | undefined) =>
    (await account.kms.send(new ListKeyRotationsCommand({ KeyId }))).Rotations!;
  const status = (KeyId: string | undefined) => account.kms.send(new GetKeyRotationStatusCommand({ KeyId }));

  it('comes every period, and old ciphertexts stay readable', async () => {
    const { KeyId } = await createKey();
    expect((await status(KeyId)).KeyRotationEnabled).toBe(false);
    await account.kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    const startedAtMs = account.clock.now();
    const before = await encrypt(KeyId!, 'before');
    await account.clock.turn(200 * DAY_MS);
    const after = await encrypt(KeyId!, 'after');
    expect([await decrypt(before), await decrypt(after)]).toEqual(['before', 'after']);
    expect(await rotations(KeyId)).toMatchObject([
      { RotationType: 'AUTOMATIC', RotationDate: new Date(startedAtMs + 90 * DAY_MS) },
      { RotationType: 'AUTOMATIC', RotationDate: new Date(startedAtMs + 180 * DAY_MS) },
    ]);
    expect(await status(KeyId)).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 90,
      NextRotationDate: new Date(startedAtMs + 270 * DAY_MS),
    });
    await account.kms.send(new DisableKeyRotationCommand({ KeyId }));
    await account.clock.turn(200 * DAY_MS);
    expect(await rotations(KeyId)).toHaveLength(2);
  });

  it('is made up for when a disabled key is enabled again', async () => {
    const { KeyId } = await createKey();
    await account.kms.send(new EnableKeyRotationCommand({ KeyId }));
    await account.kms.send(new DisableKeyCommand({ KeyId }));
    await account.clock.turn(400 * DAY_MS);
    expect(await rotations(KeyId)).toEqual([]);
    await account.kms.send(new EnableKeyCommand({ KeyId }));
    expect(await rotations(KeyId)).toMatchObject([{ RotationDate: new Date(account.clock.now()) }]);
  });

  it('on demand comes at once, 25 times', async () => {
    const { KeyId } = await createKey();
    const blob = await encrypt(KeyId!, 'secret');
    for (let count = 0; count < 25; count++) await account.kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    expect(await decrypt(blob)).toBe('secret');
    expect((await rotations(KeyId)).every(({ RotationType }) => RotationType === 'ON_DEMAND')).toBe(true);
    const refused = expect(account.kms.send(new RotateKeyOnDemandCommand({ KeyId }))).rejects;
    await refused.toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('an alias', () => {
  it('names one key, then another, then none', async () => {
    const [one, other] = [await createKey(), await createKey()];
    const AliasName = 'alias/moving';
    await account.kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: one.KeyId }));
    const twice = expect(account.kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: one.KeyId }))).rejects;
    await twice.toMatchObject({ name: 'AlreadyExistsException' });
    const blob = await encrypt(AliasName, 'secret');
    await account.kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: other.KeyId }));
    expect(await decrypt(blob)).toBe('secret');
    const { Aliases } = await account.kms.send(new ListAliasesCommand({ KeyId: other.KeyId }));
    expect(Aliases).toMatchObject([{ AliasName, TargetKeyId: other.KeyId }]);
    await account.kms.send(new DeleteAliasCommand({ AliasName }));
    await expect(encrypt(AliasName, 'x')).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  const names: [string, string][] = [
    ['orders', 'ValidationException'],
    ['alias/a b', 'ValidationException'],
    ['alias/aws/mine', 'NotAuthorizedException'],
  ];
  it.each(names)('is rejected as %s', async (AliasName, name) => {
    const { KeyId } = await createKey();
    const refused = expect(account.kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }))).rejects;
    await refused.toMatchObject({ name });
  });

  it('of AWS is made on first use, and its key serves through its service only', async () => {
    const { KeyMetadata } = await account.kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/sqs' }));
    expect(KeyMetadata!.KeyManager).toBe('AWS');
    await expect(encrypt('alias/aws/sqs', 'x')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
