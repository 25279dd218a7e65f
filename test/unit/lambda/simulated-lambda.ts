import { SystemClock } from '../../../local/kernel/clock';
import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createDynamoDbService } from '../../../local/services/dynamodb/router';
import { createLambdaService, type LambdaService } from '../../../local/services/lambda/router';
import { createLogsService } from '../../../local/services/logs/router';
import { createSqsService } from '../../../local/services/sqs/router';
import { administrator } from '../../../local/wire/gateway';
import type { Host } from '../../../local/wire/host';
import type { Service } from '../../../local/wire/service';
import { type RunningGateway, startGateway } from '../../support/embedded';
import { createInlineFunction } from './inline-function';

/** Lambda with queues, tables and logs on a clock that a test turns; functions run in real worker threads. */
export interface SimulatedLambda {
  readonly running: RunningGateway;
  readonly lambda: LambdaService;
  readonly clock: SimulatedClock;
  readonly metrics: { name: string; value: number; dimensions: Record<string, string> }[];
  call(service: string, action: string, input: object): Promise<any>;
  /** Turns the clock, waiting wherever functions run; the clock stands still meanwhile. */
  turn(durationMs: number): Promise<void>;
  /** Defines a function that records each event it gets; answers `answer(event)`, an expression. */
  recorder(name: string, answer?: string, properties?: object): Promise<void>;
  /** Events that a recorder got, in order. */
  recorded(name: string): Promise<any[]>;
  close(): Promise<void>;
}

/** Starts the services; further ones may be added. */
export async function startSimulatedLambda(more: (host: Host) => Service[] = () => []): Promise<SimulatedLambda> {
  const clock = new SimulatedClock();
  let lambda!: LambdaService;
  const running = await startGateway(
    (host) => {
      lambda = createLambdaService(host, { invocationClock: new SystemClock() });
      return [
        lambda,
        createLogsService(host),
        createSqsService(host),
        createDynamoDbService(host, { transactionMilliseconds: 0 }),
        ...more(host),
      ];
    },
    { kernel: { clock, random: new SeededRandom(1) } },
  );
  const metrics: SimulatedLambda['metrics'] = [];
  running.gateway.useMetricSink((_namespace, name, dimensions, value) => metrics.push({ name, dimensions, value }));
  const user = administrator(running.gateway.accountId);
  const call = (service: string, action: string, input: object) => running.gateway.call(user, service, action, input);
  const settle = async () => {
    for (let i = 0; i < 4; i++) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      await lambda.whenIdle();
    }
  };
  return {
    running,
    lambda,
    clock,
    metrics,
    call,
    async turn(durationMs) {
      const untilMs = clock.now() + durationMs;
      await settle();
      for (let next = clock.nextAt(); next !== undefined && next <= untilMs; next = clock.nextAt()) {
        await clock.runNext();
        await settle();
      }
      await clock.turn(untilMs - clock.now());
    },
    recorder: async (name, answer = 'undefined', properties = {}) => {
      const source = `let n = 0; exports.handler = async (event) => {
        n++;
        process.stdout.write('RECORDED ' + JSON.stringify(event) + '\\n');
        return ${answer};
      };`;
      await createInlineFunction(lambda, name, source, properties);
    },
    async recorded(name) {
      await lambda.flushLogs();
      const filter = { logGroupName: `/aws/lambda/${name}`, filterPattern: 'RECORDED' };
      const { events } = await call('logs', 'FilterLogEvents', filter).catch(() => ({ events: [] }));
      return events.map(({ message }: { message: string }) => JSON.parse(message.slice('RECORDED '.length)));
    },
    close: () => running.close(),
  };
}
