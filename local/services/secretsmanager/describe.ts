import type { Secret, SecretVersion } from './model';
import { tagList } from './tags';

/** Times go out as seconds since the epoch. */
const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000);

/** What DescribeSecret and ListSecrets have in common. */
export function describeSecret(secret: Secret) {
  const { rotation, tags } = secret;
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    RotationEnabled: rotation.functionArn === undefined ? undefined : rotation.isEnabled,
    RotationLambdaARN: rotation.functionArn,
    RotationRules: rotation.rules,
    LastRotatedDate: seconds(rotation.rotatedAtMs),
    NextRotationDate: rotation.isEnabled ? seconds(rotation.nextAtMs) : undefined,
    LastChangedDate: seconds(secret.changedAtMs),
    LastAccessedDate: seconds(secret.accessedDayMs),
    DeletedDate: seconds(secret.goneAtMs),
    Tags: Object.keys(tags).length > 0 ? tagList(tags) : undefined,
    CreatedDate: seconds(secret.createdAtMs),
  };
}

/** The labels of a secret's versions; those without any are left out. */
export function stagesByVersion(secret: Secret): Record<string, readonly string[]> | undefined {
  const labelled = Object.values(secret.versions).filter(({ stages }) => stages.length > 0);
  return labelled.length > 0 ? Object.fromEntries(labelled.map(({ id, stages }) => [id, stages])) : undefined;
}

/** What GetSecretValue and BatchGetSecretValue answer for a version. */
export function describeValue({ arn, name }: Secret, version: SecretVersion) {
  return {
    ARN: arn,
    Name: name,
    VersionId: version.id,
    SecretString: version.text,
    SecretBinary: version.binary,
    VersionStages: version.stages.length > 0 ? version.stages : undefined,
    CreatedDate: seconds(version.createdAtMs),
  };
}

/** An entry of ListSecretVersionIds. */
export function describeVersion(version: SecretVersion) {
  return {
    VersionId: version.id,
    VersionStages: version.stages.length > 0 ? version.stages : undefined,
    LastAccessedDate: seconds(version.accessedDayMs),
    CreatedDate: seconds(version.createdAtMs),
    KmsKeyIds: [version.dataKey?.keyArn ?? 'DefaultEncryptionKey'],
  };
}
