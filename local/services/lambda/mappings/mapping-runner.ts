import type { LambdaParts, MappingControl } from '../lambda-parts';
import type { EventSourceMapping } from '../model';
import type { Poller } from './poller';
import { QueuePoller } from './queue-poller';
import { StreamPoller } from './stream-poller';

/** Keeps one poller running for each enabled event source mapping. */
export class MappingRunner implements MappingControl {
  private readonly pollers = new Map<string, Poller>();
  private parts?: LambdaParts;

  /** Told once what the pollers work with. */
  useParts(parts: LambdaParts): void {
    this.parts = parts;
  }

  /** Starts, restarts or stops the poller after a mapping was created or changed. */
  apply(mapping: EventSourceMapping): void {
    this.remove(mapping.UUID);
    if (!mapping.Enabled) return;
    const isQueue = mapping.EventSourceArn.split(':')[2] === 'sqs';
    const poller = isQueue ? new QueuePoller(this.parts!, mapping) : new StreamPoller(this.parts!, mapping);
    this.pollers.set(mapping.UUID, poller);
    poller.start();
  }

  /** Starts the pollers of the mappings that an earlier process left. */
  resume(): void {
    for (const mapping of this.parts!.store.listMappings()) this.apply(mapping);
  }

  remove(uuid: string): void {
    this.pollers.get(uuid)?.stop();
    this.pollers.delete(uuid);
  }

  stop(): void {
    for (const uuid of [...this.pollers.keys()]) this.remove(uuid);
  }
}
