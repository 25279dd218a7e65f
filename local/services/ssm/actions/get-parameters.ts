import { AwsError } from '../../../wire/aws-error';
import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { validationException } from '../faults';
import { referencedArn } from '../parameter-arn';
import { findVersion, readValue, render } from '../read-parameter';
import type { ParameterStore } from '../store';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export function getParameter(host: Host, store: ParameterStore): Action<{ Name?: string; WithDecryption?: boolean }> {
  return {
    access: ({ Name }) => [{ action: 'ssm:GetParameter', resource: referencedArn(host, String(Name)) }],
    handle: async ({ Name, WithDecryption }, { caller }) => {
      if (!Name)
        throw validationException("Value null at 'name' failed to satisfy constraint: Member must not be null");
      const found = findVersion(store, Name);
      return { Parameter: render(host, found, await readValue(host, found, WithDecryption, caller)) };
    },
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export function getParameters(
  host: Host,
  store: ParameterStore,
): Action<{ Names?: string[]; WithDecryption?: boolean }> {
  return {
    access: ({ Names = [] }) =>
      Names.map((name) => ({ action: 'ssm:GetParameters', resource: referencedArn(host, name) })),
    handle: async ({ Names = [], WithDecryption }, { caller }) => {
      if (Names.length < 1 || Names.length > 10) {
        throw validationException(
          "Value at 'names' failed to satisfy constraint: Member must have length between 1 and 10",
        );
      }
      const Parameters: object[] = [];
      const InvalidParameters: string[] = [];
      for (const name of Names) {
        try {
          const found = findVersion(store, name);
          Parameters.push(render(host, found, await readValue(host, found, WithDecryption, caller)));
        } catch (error) {
          const isAbsent = error instanceof AwsError && /^Parameter(Version)?NotFound$/.test(error.code);
          if (!isAbsent) throw error;
          InvalidParameters.push(name);
        }
      }
      return { Parameters, InvalidParameters };
    },
  };
}
