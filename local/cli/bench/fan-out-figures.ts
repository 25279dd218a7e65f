import { rmSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type EmbeddedAws, startEmbeddedAws } from '../../embedded-aws';
import { administrator } from '../../wire/gateway';
import { synthesize } from '../synthesize';
import { CpuShares } from './cpu-shares';
import type { Figures } from './figures';

const FOLDER = '.local/bench-fan-out';
const WARM_UP_EVENTS = 300;
const EVENTS = 3_000;
/** Events under way at a time: enough to keep everything busy, and little enough that nobody waits for seconds. */
const UNDER_WAY = 60;
/** Looking costs what it measures: not too often. */
const LOOK_EVERY_MS = 25;
/** PutEvents takes no more at once. */
const ENTRIES_PER_CALL = 10;

/** A webhook on a thread of its own, which takes everything. */
const RECEIVER = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
const seen = new Set();
let requests = 0;
const server = createServer((request, response) => {
  requests++;
  seen.add(request.headers['webhook-id']);
  request.resume().on('end', () => response.writeHead(204).end());
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port }));
parentPort.on('message', () => parentPort.postMessage({ requests, events: seen.size }));
`;

/** Measures the fan-out: events a second through rule, machine and three targets, and whose time that is. */
export async function measureFanOut(figures: Figures): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  const receiver = new Worker(RECEIVER, { eval: true });
  const ask = <T>(message?: string) =>
    new Promise<T>((resolve) => {
      receiver.once('message', resolve);
      if (message) receiver.postMessage(message);
    });
  const { port } = await ask<{ port: number }>();
  const assemblyFolder = path.join(FOLDER, 'cdk.out');
  await synthesize(assemblyFolder, { webhookUrl: `http://127.0.0.1:${port}/` });
  const embedded = await startEmbeddedAws({ port: 0 });
  try {
    const run = await FanOutRun.begin(embedded, assemblyFolder);
    await run.deliver(WARM_UP_EVENTS);
    const shares = await CpuShares.begin();
    const begun = performance.now();
    await run.deliver(EVENTS);
    const seconds = (performance.now() - begun) / 1000;
    const { enginePercent, cpuSeconds } = await shares.end();
    const taken = await ask<{ requests: number; events: number }>('how many');
    const all = WARM_UP_EVENTS + EVENTS;
    figures.atLeast('events through rule, machine and three targets', EVENTS / seconds, 100, 'events/s');
    figures.atLeast('of them at the webhook', (100 * taken.events) / all, 100, '%');
    figures.atLeast('of them mailed', (100 * (await run.mails())) / all, 100, '%');
    figures.show('webhook requests for each', taken.requests / all, '');
    figures.show('CPU time for each, functions and receiver included', (1000 * cpuSeconds) / EVENTS, 'ms');
    figures.show("the engine's share of the embedded AWS's own time", enginePercent, '%');
  } finally {
    await embedded.stop();
    await receiver.terminate();
  }
}

/** The stacks, and events that are put so that always as many are under way. */
class FanOutRun {
  private put = 0;

  private constructor(
    private readonly embedded: EmbeddedAws,
    private readonly machineArn: string,
    private readonly orders: Readonly<Record<string, string>>,
  ) {}

  static async begin(embedded: EmbeddedAws, assemblyFolder: string): Promise<FanOutRun> {
    const stacks = Object.values(await embedded.deploy(assemblyFolder));
    const fanOut = stacks.find(({ DeliveryMachineArn }) => DeliveryMachineArn);
    const orders = stacks.find(({ OrdersTableName }) => OrdersTableName);
    return new FanOutRun(embedded, fanOut!.DeliveryMachineArn!, orders!);
  }

  /** Puts so many events, each of an order whose customer has an address, and resolves once all runs have ended. */
  async deliver(count: number): Promise<void> {
    const until = this.put + count;
    for (let ended = await this.ended(); ended < until; ended = await this.ended()) {
      const free = Math.min(UNDER_WAY - (this.put - ended), until - this.put);
      if (free > 0) await this.putEvents(Math.min(free, ENTRIES_PER_CALL));
      else await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /** Mails that were sent. */
  async mails(): Promise<number> {
    return this.sum('AWS/SES', 'Send', []);
  }

  private async putEvents(count: number): Promise<void> {
    const orderIds = Array.from({ length: count }, () => `bench-${++this.put}`);
    for (const orderId of orderIds) {
      await this.call('dynamodb', 'PutItem', {
        TableName: this.orders.OrdersTableName,
        Item: { orderId: { S: orderId }, customer: { M: { email: { S: `${orderId}@example.com` } } } },
      });
    }
    const occurredAt = new Date().toISOString();
    const Entries = orderIds.map((orderId) => ({
      EventBusName: this.orders.OrderBusName,
      Source: 'stepwright.orders',
      DetailType: 'OrderConfirmed',
      Detail: JSON.stringify({
        eventId: `${orderId}:OrderConfirmed`,
        orderId,
        status: 'OrderConfirmed',
        totalCents: 2500,
        currency: 'EUR',
        occurredAt,
      }),
    }));
    await this.call('events', 'PutEvents', { Entries });
  }

  private async ended(): Promise<number> {
    const Dimensions = [{ Name: 'StateMachineArn', Value: this.machineArn }];
    const failed = await this.sum('AWS/States', 'ExecutionsFailed', Dimensions);
    if (failed > 0) throw new Error(`${failed} runs failed: the figures mean nothing`);
    return this.sum('AWS/States', 'ExecutionsSucceeded', Dimensions);
  }

  private async sum(Namespace: string, MetricName: string, Dimensions: object[]): Promise<number> {
    const now = Date.now();
    const { Datapoints } = await this.call('monitoring', 'GetMetricStatistics', {
      Namespace,
      MetricName,
      Dimensions,
      StartTime: (now - 3_600_000) / 1000,
      EndTime: (now + 60_000) / 1000,
      Period: 3600,
      Statistics: ['Sum'],
    });
    return Datapoints.reduce((sum: number, { Sum }: { Sum: number }) => sum + Sum, 0);
  }

  private call(service: string, action: string, input: object): Promise<any> {
    return this.embedded.gateway.call(administrator(this.embedded.accountId), service, action, input);
  }
}
