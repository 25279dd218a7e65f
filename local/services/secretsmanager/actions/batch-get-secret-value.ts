import { AwsError } from '../../../wire/aws-error';
import type { Action } from '../../../wire/service';
import { invalidParameter, secretNotFound } from '../faults';
import { pageOf } from '../page';
import { passesFilters, type SecretFilter } from '../secret-filters';
import type { SecretsManager } from '../secrets-manager';
import { CURRENT } from '../versions';

interface BatchInput {
  readonly SecretIdList?: readonly string[];
  readonly Filters?: readonly SecretFilter[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

const LIMIT = 20;

/**
 * Each secret is read as by GetSecretValue, with its permissions; what is refused for one is its own error.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html
 */
export function batchGetSecretValue(service: SecretsManager): Action<BatchInput> {
  return {
    access: () => [{ action: 'secretsmanager:BatchGetSecretValue', resource: '*' }],
    handle: async (input, { caller }) => {
      const { SecretIdList: ids, Filters } = input;
      if ((ids === undefined) === (Filters === undefined)) {
        throw invalidParameter('Either SecretIdList or Filters must be provided, but not both.');
      }
      if (ids && (ids.length < 1 || ids.length > LIMIT)) {
        throw invalidParameter(`SecretIdList must have between 1 and ${LIMIT} entries.`);
      }
      const found = service.store.all().filter((secret) => secret.goneAtMs === undefined);
      const asked = ids ?? found.filter((secret) => passesFilters(secret, Filters)).map(({ arn }) => arn);
      const { items, NextToken } = pageOf(asked, input, LIMIT);
      const SecretValues: object[] = [];
      const Errors: object[] = [];
      for (const SecretId of items) {
        try {
          if (!service.store.find(SecretId)) throw secretNotFound();
          const read = { SecretId, VersionStage: CURRENT };
          SecretValues.push(await service.host.call(caller, 'secretsmanager', 'GetSecretValue', read));
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          Errors.push({ SecretId, ErrorCode: error.code, Message: error.message });
        }
      }
      return { SecretValues, Errors, NextToken };
    },
  };
}
