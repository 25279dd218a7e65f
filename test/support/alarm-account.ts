import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { type CloudWatch, createCloudWatch, createCloudWatchService } from '../../local/services/cloudwatch/router';
import type { Host } from '../../local/wire/host';
import type { Service } from '../../local/wire/service';
import { type RunningGateway, startGateway } from './embedded';
import { type RecordedCall, recordingService } from './recording-service';

const MINUTE_MS = 60_000;

/** A CloudWatch on a clock that a test turns, with neighbours that keep what they are told. */
export class AlarmAccount {
  readonly clock = new SimulatedClock();
  readonly sns = recordingService('sns', { Publish: () => ({ MessageId: 'm' }) });
  readonly events = recordingService('events', { PutEvents: () => ({ FailedEntryCount: 0, Entries: [] }) });
  readonly lambda = recordingService('lambda', { Invoke: () => ({ StatusCode: 202 }) });
  metrics!: CloudWatch;
  running!: RunningGateway;
  client!: CloudWatchClient;
  service!: Service;

  /** `neighbours` stand in place of those that keep what they are told. */
  static async start(neighbours?: (host: Host) => Service[]): Promise<AlarmAccount> {
    const account = new AlarmAccount();
    const kernel = { clock: account.clock, random: new SeededRandom(1) };
    account.metrics = createCloudWatch(kernel);
    account.running = await startGateway(
      (host) => {
        account.service = createCloudWatchService(host, account.metrics);
        return [account.service, ...(neighbours?.(host) ?? [account.sns, account.events, account.lambda])];
      },
      { kernel },
    );
    account.client = new CloudWatchClient(account.running.client);
    return account;
  }

  /** Puts an alarm on the sum of `Test` `m`: more than 5 within a minute, once; `properties` override. */
  async putAlarm(properties: object = {}): Promise<void> {
    await this.client.send(
      new PutMetricAlarmCommand({
        ...{ AlarmName: 'a', Namespace: 'Test', MetricName: 'm', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1 },
        ...{ Threshold: 5, ComparisonOperator: 'GreaterThanThreshold' },
        ...properties,
      }),
    );
  }

  /** Publishes a value now. */
  record(value: number, name = 'm', unit = 'Count'): void {
    this.metrics.record('Test', name, {}, value, unit);
  }

  /** Publishes a value in each of some minutes (none for `x`), and gives the state at the end of each. */
  async statesOver(values: readonly (number | 'x')[], alarm = 'a'): Promise<string[]> {
    const states: string[] = [];
    for (const value of values) {
      if (value !== 'x') this.record(value);
      await this.clock.turn(MINUTE_MS);
      states.push(await this.state(alarm));
    }
    return states;
  }

  async state(name = 'a'): Promise<string> {
    const { StateValue } = await this.describe(name);
    return StateValue === 'INSUFFICIENT_DATA' ? 'NONE' : StateValue!;
  }

  async describe(name = 'a') {
    const input = { AlarmNames: [name], AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
    const { MetricAlarms, CompositeAlarms } = await this.client.send(new DescribeAlarmsCommand(input));
    return { ...MetricAlarms?.[0], ...CompositeAlarms?.[0] };
  }

  /** The subjects of what was published. */
  get subjects(): string[] {
    return this.sns.calls.map(({ input }: RecordedCall) => input.Subject);
  }

  /** The details of the events of a type. */
  details(type = 'CloudWatch Alarm State Change'): any[] {
    return this.events.calls
      .map(({ input }) => input.Entries[0])
      .filter(({ DetailType }) => DetailType === type)
      .map(({ Detail }) => JSON.parse(Detail));
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.running.close();
  }
}
