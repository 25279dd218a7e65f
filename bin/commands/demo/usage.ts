import { GetMetricDataCommand, ListMetricsCommand, type Metric } from '@aws-sdk/client-cloudwatch';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { PRICES } from '../prices';
import type { Shop } from './shop';

/** What CloudWatch has counted so far. AWS publishes these with minutes of delay, the embedded AWS at once. */
export interface Usage {
  readonly dynamoDbRequests: number;
  readonly sqsMessages: number;
  readonly costDollars: number;
}

interface Wanted {
  readonly namespace: string;
  readonly name: string;
  readonly stat: 'Sum' | 'SampleCount';
}

const WANTED = {
  requests: { namespace: 'AWS/DynamoDB', name: 'SuccessfulRequestLatency', stat: 'SampleCount' },
  readUnits: { namespace: 'AWS/DynamoDB', name: 'ConsumedReadCapacityUnits', stat: 'Sum' },
  writeUnits: { namespace: 'AWS/DynamoDB', name: 'ConsumedWriteCapacityUnits', stat: 'Sum' },
  sent: { namespace: 'AWS/SQS', name: 'NumberOfMessagesSent', stat: 'Sum' },
  received: { namespace: 'AWS/SQS', name: 'NumberOfMessagesReceived', stat: 'Sum' },
  deleted: { namespace: 'AWS/SQS', name: 'NumberOfMessagesDeleted', stat: 'Sum' },
  invocations: { namespace: 'AWS/Lambda', name: 'Invocations', stat: 'Sum' },
  duration: { namespace: 'AWS/Lambda', name: 'Duration', stat: 'Sum' },
  expressRuns: { namespace: 'AWS/States', name: 'ExpressExecutionBilledDuration', stat: 'SampleCount' },
  expressTime: { namespace: 'AWS/States', name: 'ExpressExecutionBilledDuration', stat: 'Sum' },
  expressMemory: { namespace: 'AWS/States', name: 'ExpressExecutionBilledMemory', stat: 'Sum' },
} as const satisfies Record<string, Wanted>;

/** Reads the counters; the difference of two readings is what happened in between. */
export class UsageMeter {
  private readonly since = new Date(Date.now() - 3600_000);
  private readonly memoryGigabytes = new Map<string, number>();

  constructor(private readonly shop: Shop) {}

  /** All that was counted up to now. */
  async read(): Promise<Usage> {
    const tables = new Set(
      [
        this.shop.outputs.OrdersTableName,
        this.shop.outputs.StockTableName,
        this.shop.outputs.PaymentsTableName,
        this.shop.outputs.ShipmentsTableName,
        this.shop.outputs.FaultsTableName,
        this.shop.outputs.IdempotencyTableName,
      ].filter(Boolean),
    );
    const ofTables = (metric: Metric) => tables.has(dimension(metric, 'TableName'));
    const probe = this.shop.outputs.OrderEventsProbeQueueUrl?.split('/').pop();
    const ofQueues = (metric: Metric) => dimension(metric, 'QueueName') !== probe;
    const requests = await this.total(
      WANTED.requests,
      (m) => ofTables(m) && !dimension(m, 'Operation')?.startsWith('GetRecords'),
    );
    const readUnits = await this.total(WANTED.readUnits, ofTables);
    const writeUnits = await this.total(WANTED.writeUnits, ofTables);
    const sent = await this.total(WANTED.sent, ofQueues);
    const received = await this.total(WANTED.received, ofQueues);
    const deleted = await this.total(WANTED.deleted, ofQueues);
    const invocations = await this.total(WANTED.invocations, () => true);
    const gigabyteMilliseconds = await this.gigabyteMilliseconds();
    const express = await this.express();
    const sqsMessages = sent + received + deleted;
    return {
      dynamoDbRequests: requests,
      sqsMessages,
      costDollars:
        readUnits * PRICES.dynamoDbReadUnit +
        writeUnits * PRICES.dynamoDbWriteUnit +
        sqsMessages * PRICES.sqsRequest +
        invocations * PRICES.lambdaRequest +
        (gigabyteMilliseconds / 1000) * PRICES.lambdaGigabyteSecondArm +
        express.runs * PRICES.expressRequest +
        express.gigabyteSeconds * PRICES.expressGigabyteSecond,
    };
  }

  private async total(wanted: Wanted, isCounted: (metric: Metric) => boolean): Promise<number> {
    const metrics = (await this.list(wanted)).filter(isCounted);
    let sum = 0;
    for (const values of await this.values(metrics, wanted.stat)) for (const value of values) sum += value;
    return sum;
  }

  /** What Express machines are billed for; the memory of each is the mean of its runs, in megabytes. */
  private async express(): Promise<{ runs: number; gigabyteSeconds: number }> {
    let [runs, gigabyteSeconds] = [0, 0];
    const machines = await this.list(WANTED.expressTime);
    for (const machine of new Set(machines.map((metric) => dimension(metric, 'StateMachineArn')))) {
      // Without a machine the metric counts those of the account once more.
      if (machine === undefined) continue;
      const isOfMachine = (metric: Metric) => dimension(metric, 'StateMachineArn') === machine;
      const count = await this.total(WANTED.expressRuns, isOfMachine);
      const milliseconds = await this.total(WANTED.expressTime, isOfMachine);
      const megabytes = await this.total(WANTED.expressMemory, isOfMachine);
      runs += count;
      if (count > 0) gigabyteSeconds += (milliseconds / 1000) * (megabytes / count / 1024);
    }
    return { runs, gigabyteSeconds };
  }

  private async gigabyteMilliseconds(): Promise<number> {
    const metrics = (await this.list(WANTED.duration)).filter((metric) => metric.Dimensions?.length === 1);
    const values = await this.values(metrics, 'Sum');
    let total = 0;
    for (const [i, metric] of metrics.entries()) {
      const milliseconds = (values[i] ?? []).reduce((a, b) => a + b, 0);
      total += milliseconds * (await this.memoryOf(dimension(metric, 'FunctionName') ?? ''));
    }
    return total;
  }

  private async memoryOf(functionName: string): Promise<number> {
    let gigabytes = this.memoryGigabytes.get(functionName);
    if (gigabytes === undefined) {
      const found = await this.shop.lambda
        .send(new GetFunctionConfigurationCommand({ FunctionName: functionName }))
        .catch(() => undefined);
      gigabytes = (found?.MemorySize ?? 128) / 1024;
      this.memoryGigabytes.set(functionName, gigabytes);
    }
    return gigabytes;
  }

  private async list(wanted: Wanted): Promise<Metric[]> {
    const metrics: Metric[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.shop.cloudwatch.send(
        new ListMetricsCommand({ Namespace: wanted.namespace, MetricName: wanted.name, NextToken }),
      );
      metrics.push(...(page.Metrics ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    return metrics;
  }

  private async values(metrics: Metric[], stat: string): Promise<number[][]> {
    const found: number[][] = metrics.map(() => []);
    for (let i = 0; i < metrics.length; i += 500) {
      const answer = await this.shop.cloudwatch.send(
        new GetMetricDataCommand({
          StartTime: this.since,
          EndTime: new Date(Date.now() + 60_000),
          MetricDataQueries: metrics.slice(i, i + 500).map((Metric, j) => ({
            Id: `m${i + j}`,
            MetricStat: { Metric, Period: 60, Stat: stat },
          })),
        }),
      );
      for (const result of answer.MetricDataResults ?? []) found[Number(result.Id!.slice(1))] = result.Values ?? [];
    }
    return found;
  }
}

function dimension(metric: Metric, name: string): string | undefined {
  return metric.Dimensions?.find((d) => d.Name === name)?.Value;
}
