import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { parameterNotFound } from '../faults';
import type { ParameterVersion } from '../model';
import { pageOf } from '../page';
import { parameterArn, referencedArn } from '../parameter-arn';
import { type ParameterFilter, passesFilters } from '../parameter-filters';
import { readValue } from '../read-parameter';
import { latest, type ParameterStore } from '../store';

interface DescribeInput {
  /** The former form of ParameterFilters. */
  readonly Filters?: readonly ParameterFilter[];
  readonly ParameterFilters?: readonly ParameterFilter[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

interface HistoryInput {
  readonly Name?: string;
  readonly WithDecryption?: boolean;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

const FILTER_KEYS = ['Name', 'Type', 'KeyId', 'Path', 'Tier', 'DataType', 'tag:'];

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
export function describeParameters(host: Host, store: ParameterStore): Action<DescribeInput> {
  return {
    access: () => [{ action: 'ssm:DescribeParameters', resource: '*' }],
    handle: (input) => {
      const old = (input.Filters ?? []).map((filter) => ({ ...filter, Option: 'BeginsWith' }));
      const filters = [...old, ...(input.ParameterFilters ?? [])];
      const asked = store.all().filter((parameter) => passesFilters(parameter, filters, FILTER_KEYS));
      const { items, NextToken } = pageOf(asked, input, 50, 10);
      const Parameters = items.map((parameter) => ({
        Name: parameter.name,
        ARN: parameterArn(host, parameter.name),
        ...metadata(latest(parameter)),
      }));
      return { Parameters, NextToken };
    },
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameterHistory.html */
export function getParameterHistory(host: Host, store: ParameterStore): Action<HistoryInput> {
  return {
    access: ({ Name }) => [{ action: 'ssm:GetParameterHistory', resource: referencedArn(host, String(Name)) }],
    handle: async (input, { caller }) => {
      const parameter = store.find(input.Name ?? '');
      if (!parameter) throw parameterNotFound();
      const { items, NextToken } = pageOf(parameter.versions, input, 50);
      const Parameters: object[] = [];
      for (const version of items) {
        const Value = await readValue(host, { parameter, version }, input.WithDecryption, caller);
        Parameters.push({ Name: parameter.name, ...metadata(version), Value, Labels: version.labels });
      }
      return { Parameters, NextToken };
    },
  };
}

function metadata(version: ParameterVersion) {
  return {
    Type: version.type,
    KeyId: version.keyId,
    LastModifiedDate: version.changedAtMs / 1000,
    LastModifiedUser: version.changedBy,
    Description: version.description,
    AllowedPattern: version.allowedPattern,
    Version: version.version,
    Tier: version.tier,
    Policies: [],
    DataType: version.dataType,
  };
}
