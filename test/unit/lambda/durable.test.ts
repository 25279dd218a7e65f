import { SystemClock } from '../../../local/kernel/clock';
import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createLambdaService, type LambdaService } from '../../../local/services/lambda/router';
import { createSqsService } from '../../../local/services/sqs/router';
import { administrator } from '../../../local/wire/gateway';
import { type RunningGateway, startGateway } from '../../support/embedded';
import { MemoryJournal } from '../../support/memory-journal';
import { zipFile } from '../../support/zip-file';
import { createInlineFunction } from './inline-function';

/** One process of an embedded Lambda. */
class Process {
  lambda!: LambdaService;
  running!: RunningGateway;

  static async start(journal: MemoryJournal, clock: SimulatedClock, seed = 1): Promise<Process> {
    const process = new Process();
    process.running = await startGateway(
      (host) => {
        process.lambda = createLambdaService(host, { invocationClock: new SystemClock() });
        return [process.lambda, createSqsService(host)];
      },
      { kernel: { clock, random: new SeededRandom(seed) }, journal },
    );
    return process;
  }

  call(action: string, input: object, service = 'lambda'): Promise<any> {
    const { gateway } = this.running;
    return gateway.call(administrator(gateway.accountId), service, action, input);
  }

  async settle(): Promise<void> {
    for (let i = 0; i < 4; i++) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      await this.lambda.whenIdle();
    }
  }
}

const processes: Process[] = [];

async function start(journal: MemoryJournal, clock = new SimulatedClock(), seed = 1): Promise<Process> {
  const process = await Process.start(journal, clock, seed);
  processes.push(process);
  return process;
}

afterEach(async () => {
  for (const process of processes.splice(0)) await process.running.close();
});

const FunctionName = 'worker';

describe('functions outlive the process', () => {
  it('with versions, aliases, policies, concurrency and tags', async () => {
    const journal = new MemoryJournal();
    const before = await start(journal);
    await createInlineFunction(before.lambda, FunctionName, 'exports.handler = async () => 1;', {
      Tags: [{ Key: 'team', Value: 'orders' }],
    });
    await before.call('PublishVersion', { FunctionName });
    await before.call('CreateAlias', { FunctionName, Name: 'live', FunctionVersion: '1' });
    await before.call('AddPermission', {
      FunctionName,
      StatementId: 'bus',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
    });
    await before.call('PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 3 });
    await before.call('PutFunctionEventInvokeConfig', { FunctionName, MaximumRetryAttempts: 1 });
    const told = (process: Process) =>
      Promise.all(
        ['GetFunction', 'ListVersionsByFunction', 'ListAliases', 'GetPolicy', 'GetFunctionEventInvokeConfig'].map(
          (action) => process.call(action, { FunctionName }),
        ),
      );
    const after = await start(journal.reopened(), new SimulatedClock(), 2);
    expect(await told(after)).toEqual(await told(before));
    expect(JSON.parse((await after.call('Invoke', { FunctionName, Qualifier: 'live' })).Payload)).toBe(1);
  });

  it('with the ZIP files that versions still name, and no others', async () => {
    const journal = new MemoryJournal();
    const before = await start(journal);
    const zip = (text: string) =>
      zipFile({ 'index.js': `exports.handler = async () => '${text}';` }).toString('base64');
    await before.call('CreateFunction', {
      FunctionName,
      Role: 'arn:aws:iam::000000000000:role/test',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zip('one') },
      Publish: true,
    });
    for (const text of ['two', 'three']) await before.call('UpdateFunctionCode', { FunctionName, ZipFile: zip(text) });
    const reopened = journal.reopened();
    expect(reopened.count('lambda.archives')).toBe(2);
    const after = await start(reopened, new SimulatedClock(), 2);
    const answer = async (Qualifier: string) =>
      JSON.parse((await after.call('Invoke', { FunctionName, Qualifier })).Payload);
    expect([await answer('1'), await answer('$LATEST')]).toEqual(['one', 'three']);
    await after.call('DeleteFunction', { FunctionName });
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(reopened.count('lambda.archives')).toBe(0);
  });
});

describe('asynchronous events outlive the process', () => {
  it('when it ended before they ran, and with their retries', async () => {
    const journal = new MemoryJournal();
    const clock = new SimulatedClock();
    const before = await start(journal, clock);
    await createInlineFunction(
      before.lambda,
      FunctionName,
      'exports.handler = async () => { throw new Error("no"); };',
    );
    await before.call('Invoke', { FunctionName, InvocationType: 'Event', Payload: '{"n":1}' });
    await clock.turn(0);
    await before.settle();
    const reopened = journal.reopened();
    await before.running.close();
    const after = await start(reopened, clock, 2);
    const metrics: string[] = [];
    after.running.gateway.useMetricSink((_namespace, name, dimensions) => {
      if (dimensions.FunctionName) metrics.push(name);
    });
    for (const seconds of [60, 120]) {
      await clock.turn(seconds * 1000);
      await after.settle();
    }
    expect(metrics.filter((name) => name === 'Invocations')).toHaveLength(2);
    expect(metrics.filter((name) => name === 'AsyncEventsDropped')).toHaveLength(1);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(reopened.count('lambda.events')).toBe(0);
  });

  it('when it was stopped while they ran: they run again', async () => {
    const journal = new MemoryJournal();
    const clock = new SimulatedClock();
    const before = await start(journal, clock);
    await createInlineFunction(before.lambda, FunctionName, 'exports.handler = () => new Promise(() => {});', {
      Timeout: 900,
    });
    await before.call('Invoke', { FunctionName, InvocationType: 'Event', Payload: '{}' });
    await clock.turn(0);
    await before.running.close();
    expect(journal.reopened().count('lambda.events')).toBe(1);
  });
});

describe('event source mappings outlive the process', () => {
  it('and go on polling', async () => {
    const journal = new MemoryJournal();
    const clock = new SimulatedClock();
    const before = await start(journal, clock);
    await before.call('CreateQueue', { QueueName: 'q' }, 'sqs');
    await createInlineFunction(before.lambda, FunctionName, 'exports.handler = async () => {};');
    const { UUID } = await before.call('CreateEventSourceMapping', {
      FunctionName,
      EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:q',
      BatchSize: 5,
    });
    const reopened = journal.reopened();
    await before.running.close();
    const after = await start(reopened, clock, 2);
    const described = await after.call('GetEventSourceMapping', { UUID });
    expect(described).toMatchObject({ BatchSize: 5, State: 'Enabled', LastProcessingResult: 'No records processed' });
    await after.call('CreateQueue', { QueueName: 'q' }, 'sqs');
    await clock.turn(2000);
    const QueueUrl = `${after.running.url}/000000000000/q`;
    await after.call('SendMessage', { QueueUrl, MessageBody: 'hello' }, 'sqs');
    await clock.turn(1000);
    await after.settle();
    await after.settle();
    expect(await after.call('GetEventSourceMapping', { UUID })).toMatchObject({ LastProcessingResult: 'OK' });
  });
});
