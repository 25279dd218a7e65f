import type { Host } from '../../wire/host';

/** The time, and how what EventBridge keeps is called. */
export class EventNames {
  constructor(readonly host: Host) {}

  now(): number {
    return this.host.kernel.clock.now();
  }

  busArn(name: string): string {
    return `arn:aws:events:${this.host.region}:${this.host.accountId}:event-bus/${name}`;
  }

  ruleArn(busName: string, name: string): string {
    const path = busName === 'default' ? name : `${busName}/${name}`;
    return `arn:aws:events:${this.host.region}:${this.host.accountId}:rule/${path}`;
  }

  archiveArn(name: string): string {
    return `arn:aws:events:${this.host.region}:${this.host.accountId}:archive/${name}`;
  }

  replayArn(name: string): string {
    return `arn:aws:events:${this.host.region}:${this.host.accountId}:replay/${name}`;
  }

  /** The name of a bus, from what requests give: nothing, a name, an ARN. */
  busName(nameOrArn: string | undefined): string {
    if (!nameOrArn) return 'default';
    return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1) : nameOrArn;
  }
}
