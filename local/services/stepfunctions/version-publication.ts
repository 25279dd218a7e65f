import type { ServiceContext } from './context';
import type { MachineRecord, VersionRecord } from './model';

/** Publishes the current revision; a revision that is published already keeps its version. */
export function publishVersion(context: ServiceContext, machine: MachineRecord, description?: string): VersionRecord {
  const published = machine.versions.find((version) => version.revisionKey === machine.revisionKey);
  if (published) return published;
  machine.lastVersion++;
  const version: VersionRecord = {
    arn: `${machine.arn}:${machine.lastVersion}`,
    number: machine.lastVersion,
    revisionKey: machine.revisionKey,
    creationDate: context.host.kernel.clock.now(),
    ...(description === undefined ? {} : { description }),
  };
  machine.versions.push(version);
  return version;
}
