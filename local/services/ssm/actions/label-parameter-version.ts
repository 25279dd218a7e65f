import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { parameterNotFound, tooManyLabels, validationException, versionNotFound } from '../faults';
import type { Parameter } from '../model';
import { referencedArn } from '../parameter-arn';
import { latest, type ParameterStore } from '../store';

interface LabelInput {
  readonly Name?: string;
  readonly ParameterVersion?: number;
  readonly Labels?: readonly string[];
}

const LIMIT = 10;
const LABEL = /^(?!aws|ssm)[A-Za-z_.-][A-Za-z0-9_.-]{0,99}$/i;

/** A label leaves the version that it stood at. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LabelParameterVersion.html */
export function labelParameterVersion(host: Host, store: ParameterStore): Action<LabelInput> {
  return {
    access: ({ Name }) => [{ action: 'ssm:LabelParameterVersion', resource: referencedArn(host, String(Name)) }],
    handle: (input) => {
      const { parameter, version } = target(store, input);
      const InvalidLabels = input.Labels!.filter((label) => !LABEL.test(label));
      const labels = input.Labels!.filter((label) => LABEL.test(label));
      const versions = parameter.versions.map((candidate) => {
        const others = candidate.labels.filter((label) => !labels.includes(label));
        return { ...candidate, labels: candidate.version === version ? [...others, ...labels] : others };
      });
      if (versions.some((candidate) => candidate.labels.length > LIMIT)) throw tooManyLabels();
      store.put({ ...parameter, versions });
      return { InvalidLabels, ParameterVersion: version };
    },
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UnlabelParameterVersion.html */
export function unlabelParameterVersion(host: Host, store: ParameterStore): Action<LabelInput> {
  return {
    access: ({ Name }) => [{ action: 'ssm:UnlabelParameterVersion', resource: referencedArn(host, String(Name)) }],
    handle: (input) => {
      const { parameter, version } = target(store, input);
      const present = parameter.versions.find((candidate) => candidate.version === version)!.labels;
      const RemovedLabels = input.Labels!.filter((label) => present.includes(label));
      const versions = parameter.versions.map((candidate) =>
        candidate.version === version
          ? { ...candidate, labels: candidate.labels.filter((label) => !RemovedLabels.includes(label)) }
          : candidate,
      );
      store.put({ ...parameter, versions });
      return { RemovedLabels, InvalidLabels: input.Labels!.filter((label) => !RemovedLabels.includes(label)) };
    },
  };
}

function target(store: ParameterStore, input: LabelInput): { parameter: Parameter; version: number } {
  const parameter = store.find(input.Name ?? '');
  if (!parameter) throw parameterNotFound();
  if (!input.Labels || input.Labels.length < 1 || input.Labels.length > LIMIT) {
    throw validationException(
      "Value at 'labels' failed to satisfy constraint: Member must have length between 1 and 10",
    );
  }
  const version = input.ParameterVersion ?? latest(parameter).version;
  if (!parameter.versions.some((candidate) => candidate.version === version)) {
    throw versionNotFound(parameter.name, `version ${version}`);
  }
  return { parameter, version };
}
