import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createDynamoDbService, type DynamoDbSettings } from '../../../local/services/dynamodb/router';
import { administrator, Gateway } from '../../../local/wire/gateway';

/** One value that the service reported to CloudWatch. */
export interface ReportedMetric {
  readonly name: string;
  readonly dimensions: Record<string, string>;
  readonly value: number;
}

/** The service on a clock that the test turns, without a network. */
export interface DynamoDbBench {
  readonly clock: SimulatedClock;
  readonly gateway: Gateway;
  readonly metrics: ReportedMetric[];
  call(action: string, input: object): Promise<any>;
  /** A table with a partition key `id` (S) and, if named, a sort key. */
  table(name: string, more?: object): Promise<any>;
  /** The error that a call ends with; fails when it ends well. */
  refusal(action: string, input: object): Promise<{ code: string; message: string; details: any }>;
}

/** Starts the service on a simulated clock. */
export function startBench(settings: DynamoDbSettings = {}): DynamoDbBench {
  const clock = new SimulatedClock();
  const gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) } });
  gateway.register(createDynamoDbService(gateway, settings));
  const metrics: ReportedMetric[] = [];
  gateway.useMetricSink((_namespace, name, dimensions, value) => metrics.push({ name, dimensions, value }));
  const call = (action: string, input: object) =>
    gateway.call(administrator(gateway.accountId), 'dynamodb', action, input);
  return {
    clock,
    gateway,
    metrics,
    call,
    table: (name, more = {}) =>
      call('CreateTable', {
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        ...more,
      }),
    async refusal(action, input) {
      try {
        await call(action, input);
      } catch (error) {
        return error as { code: string; message: string; details: any };
      }
      throw new Error(`${action} was accepted`);
    },
  };
}
