import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { validationException } from '../faults';
import type { Parameter } from '../model';
import { type CheckedVersion, checkVersion, type VersionInput, withVersion } from '../new-version';
import { referencedArn } from '../parameter-arn';
import { checkName } from '../parameter-name';
import { OWN_KEY, sealed } from '../secure-string';
import { latest, type ParameterStore } from '../store';
import { readTags, type TagEntry } from '../tags';

interface PutParameterInput extends VersionInput {
  readonly Name?: string;
  readonly Overwrite?: boolean;
  readonly Tags?: readonly TagEntry[];
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export function putParameter(host: Host, store: ParameterStore): Action<PutParameterInput> {
  return {
    access: ({ Name, Tags }) =>
      ['PutParameter', ...(Tags?.length ? ['AddTagsToResource'] : [])].map((action) => ({
        action: `ssm:${action}`,
        resource: referencedArn(host, String(Name)),
      })),
    handle: async (input, { caller }) => {
      const { Overwrite = false, Tags } = input;
      const name = checkName(input.Name);
      if (Overwrite && Tags?.length) {
        throw validationException(
          "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove " +
            'overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.',
        );
      }
      const checked = await sealedVersion(host, name, input, store.find(name), Overwrite, caller);
      // Somebody else may have written meanwhile.
      const before = store.find(name);
      checkVersion(input, before, Overwrite);
      const changed = withVersion(name, before, checked, host.kernel.clock.now(), arnOf(caller));
      store.put({ ...changed, tags: readTags(changed.tags, Tags) });
      return { Version: latest(changed).version, Tier: checked.tier };
    },
  };
}

async function sealedVersion(
  host: Host,
  name: string,
  input: PutParameterInput,
  before: Parameter | undefined,
  isOverwrite: boolean,
  caller: Caller,
): Promise<CheckedVersion> {
  const checked = checkVersion(input, before, isOverwrite);
  if (checked.type !== 'SecureString') return checked;
  const keyId = input.KeyId ?? (before && latest(before).keyId) ?? OWN_KEY;
  return { ...checked, keyId, value: await sealed(host, name, checked.value, keyId, caller) };
}

function arnOf(caller: Caller): string {
  return caller.kind === 'service' ? caller.principal : caller.arn;
}
