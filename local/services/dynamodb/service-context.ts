import type { Host } from '../../wire/host';
import type { ArnParts } from './access';
import type { Consumption } from './capacity';
import type { DynamoDbStore } from './store';

/** What every action is given. */
export interface ServiceContext {
  readonly host: Host;
  readonly store: DynamoDbStore;
  readonly arns: ArnParts;
  /** How long a transaction holds its items before it commits; zero commits within the call. */
  readonly transactionMilliseconds: number;
  /** Adds to the metrics of consumed capacity. */
  consumed(kind: 'Read' | 'Write', consumptions: readonly Consumption[]): void;
}
