import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { parameterNotFound, validationException } from '../faults';
import type { ParameterRecord } from '../model';
import { parameterArn } from '../parameter-arn';
import type { ParameterStore } from '../store';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export function getParameter(host: Host, store: ParameterStore): Action {
  return {
    access: ({ Name }) => [{ action: 'ssm:GetParameter', resource: parameterArn(host, nameOf(String(Name))) }],
    handle: ({ Name }: { Name?: string }) => {
      if (!Name)
        throw validationException("Value null at 'name' failed to satisfy constraint: Member must not be null");
      const parameter = store.find(nameOf(Name));
      if (!parameter) throw parameterNotFound();
      return { Parameter: render(host, parameter) };
    },
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export function getParameters(host: Host, store: ParameterStore): Action {
  return {
    access: ({ Names }: { Names?: string[] }) =>
      (Names ?? []).map((name) => ({ action: 'ssm:GetParameters', resource: parameterArn(host, nameOf(name)) })),
    handle: ({ Names = [] }: { Names?: string[] }) => {
      if (Names.length < 1 || Names.length > 10) {
        throw validationException(
          "Value at 'names' failed to satisfy constraint: Member must have length between 1 and 10",
        );
      }
      const found = Names.map((name) => store.find(nameOf(name)));
      return {
        Parameters: found.flatMap((parameter) => (parameter ? [render(host, parameter)] : [])),
        InvalidParameters: Names.filter((_, index) => !found[index]),
      };
    },
  };
}

/** A name comes bare or as the ARN of the parameter. */
function nameOf(name: string): string {
  return name.startsWith('arn:') ? name.slice(name.indexOf(':parameter') + ':parameter'.length) : name;
}

function render(host: Host, { name, type, value, version, changedAtMs }: ParameterRecord) {
  return {
    Name: name,
    Type: type,
    Value: value,
    Version: version,
    LastModifiedDate: changedAtMs / 1000,
    ARN: parameterArn(host, name),
    DataType: 'text',
  };
}
