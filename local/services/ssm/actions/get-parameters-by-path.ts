import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { validationException } from '../faults';
import { pageOf } from '../page';
import { parameterArn } from '../parameter-arn';
import { isBelow, type ParameterFilter, passesFilters } from '../parameter-filters';
import { readValue, render } from '../read-parameter';
import { latest, type ParameterStore } from '../store';

interface ByPathInput {
  readonly Path?: string;
  readonly Recursive?: boolean;
  readonly ParameterFilters?: readonly ParameterFilter[];
  readonly WithDecryption?: boolean;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

const FILTER_KEYS = ['Type', 'KeyId', 'Label'];

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
export function getParametersByPath(host: Host, store: ParameterStore): Action<ByPathInput> {
  return {
    access: ({ Path = '/' }) => [{ action: 'ssm:GetParametersByPath', resource: parameterArn(host, Path) }],
    handle: async (input, { caller }) => {
      const { Path: path, Recursive = false, ParameterFilters = [], WithDecryption } = input;
      if (!path?.startsWith('/')) {
        throw validationException(
          'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
        );
      }
      const below = store
        .all()
        .filter(({ name }) => isBelow(name, path, Recursive))
        .filter((parameter) => passesFilters(parameter, ParameterFilters, FILTER_KEYS));
      const { items, NextToken } = pageOf(below, input, 10);
      const Parameters: object[] = [];
      for (const parameter of items) {
        const found = { parameter, version: latest(parameter) };
        Parameters.push(render(host, found, await readValue(host, found, WithDecryption, caller)));
      }
      return { Parameters, NextToken };
    },
  };
}
