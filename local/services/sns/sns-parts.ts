import type { Host } from '../../wire/host';
import type { Topic } from './model';
import type { SnsStore } from './store';

/** What deliveries work with. */
export interface SnsParts {
  readonly host: Host;
  readonly store: SnsStore;
}

/** Adds to a count of a topic. */
export function countFor(host: Host, topic: Topic, metric: string, value = 1, unit = 'Count'): void {
  host.metric('AWS/SNS', metric, { TopicName: topic.name }, value, unit);
}
