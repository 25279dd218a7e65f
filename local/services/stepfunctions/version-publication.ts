import type { ServiceContext } from './context';
import type { MachineRecord, VersionRecord } from './model';

/** Publishes the current revision; a revision that is published already keeps its version. */
export function publishVersion(context: ServiceContext, machine: MachineRecord, description?: string): VersionRecord {
  const published = machine.versions.find((version) => version.revisionKey === machine.revisionKey);
  if (published) return published;
  const number = machine.lastVersion + 1;
  const version: VersionRecord = {
    arn: `${machine.arn}:${number}`,
    number,
    revisionKey: machine.revisionKey,
    creationDate: context.host.kernel.clock.now(),
    ...(description === undefined ? {} : { description }),
  };
  context.store.machines.addVersion(machine, version);
  return version;
}
