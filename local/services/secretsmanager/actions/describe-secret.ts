import type { Action } from '../../../wire/service';
import { describeSecret, describeVersion, stagesByVersion } from '../describe';
import { invalidParameter } from '../faults';
import { pageOf } from '../page';
import { passesFilters, type SecretFilter } from '../secret-filters';
import type { SecretsManager } from '../secrets-manager';

interface PageInput {
  readonly SecretId?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

interface ListInput extends PageInput {
  readonly IncludePlannedDeletion?: boolean;
  readonly Filters?: readonly SecretFilter[];
  readonly SortOrder?: string;
  readonly SortBy?: string;
}

/** Also tells of a secret that is marked for deletion. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
export function describeSecretAction(service: SecretsManager): Action<{ SecretId?: string }> {
  return {
    access: service.accessOn('DescribeSecret'),
    handle: ({ SecretId }) => {
      const secret = service.anySecret(SecretId);
      return { ...describeSecret(secret), VersionIdsToStages: stagesByVersion(secret) };
    },
  };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html */
export function listSecrets(service: SecretsManager): Action<ListInput> {
  return {
    access: () => [{ action: 'secretsmanager:ListSecrets', resource: '*' }],
    handle: (input) => {
      const keys = { 'created-date': 'createdAtMs', 'last-changed-date': 'changedAtMs', name: 'name' } as const;
      const by = { ...keys, 'last-accessed-date': 'accessedDayMs' as const }[input.SortBy ?? 'created-date'];
      if (!by) throw invalidParameter(`SortBy ${input.SortBy} is not valid.`);
      const secrets = service.store
        .all()
        .filter((secret) => input.IncludePlannedDeletion || secret.goneAtMs === undefined)
        .filter((secret) => passesFilters(secret, input.Filters))
        .sort((a, b) => compare(a[by] ?? 0, b[by] ?? 0));
      if (input.SortOrder === 'desc') secrets.reverse();
      const { items, NextToken } = pageOf(secrets, input, 100);
      const SecretList = items.map((secret) => ({
        ...describeSecret(secret),
        SecretVersionsToStages: stagesByVersion(secret),
      }));
      return { SecretList, NextToken };
    },
  };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html */
export function listSecretVersionIds(service: SecretsManager): Action<PageInput & { IncludeDeprecated?: boolean }> {
  return {
    access: service.accessOn('ListSecretVersionIds'),
    handle: (input) => {
      const secret = service.anySecret(input.SecretId);
      const versions = Object.values(secret.versions).filter(
        ({ stages }) => input.IncludeDeprecated || stages.length > 0,
      );
      const { items, NextToken } = pageOf(versions, input, 100);
      return { Versions: items.map(describeVersion), NextToken, ARN: secret.arn, Name: secret.name };
    },
  };
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
