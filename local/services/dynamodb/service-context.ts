import type { Host } from '../../wire/host';
import type { ArnParts } from './access';
import type { Consumption } from './capacity';
import type { OngoingTransactions } from './ongoing-transactions';
import type { DynamoDbStore } from './store';

/** What every action is given. */
export interface ServiceContext {
  readonly host: Host;
  readonly store: DynamoDbStore;
  readonly arns: ArnParts;
  /** The write transactions that hold their items. */
  readonly transactions: OngoingTransactions;
  /** Adds to the metrics of consumed capacity. */
  consumed(kind: 'Read' | 'Write', consumptions: readonly Consumption[]): void;
}
