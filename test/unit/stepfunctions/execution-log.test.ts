import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createStepFunctionsService } from '../../../local/services/stepfunctions/router';
import { administrator, Gateway } from '../../../local/wire/gateway';
import { recordingService } from '../../support/recording-service';

const LIMIT_BYTES = 1_048_576;

describe('the log of a machine', () => {
  const setUp = async (definition: object) => {
    const clock = new SimulatedClock();
    const gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) } });
    const logs = recordingService('logs', { CreateLogStream: () => ({}), PutLogEvents: () => ({}) });
    const service = createStepFunctionsService(gateway);
    gateway.register(service, logs);
    const call = (action: string, input: object) =>
      gateway.call(administrator(gateway.accountId), 'states', action, input);
    const logGroupArn = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/vendedlogs/states/x:*';
    const { stateMachineArn } = await call('CreateStateMachine', {
      name: 'logged',
      roleArn: 'arn:aws:iam::000000000000:role/machine',
      definition: JSON.stringify(definition),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: true,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
      },
    });
    const batches = (): { message: string }[][] =>
      logs.calls.filter(({ action }) => action === 'PutLogEvents').map(({ input }) => input.logEvents);
    const start = (input: unknown) => call('StartExecution', { stateMachineArn, input: JSON.stringify(input) });
    return { clock, service, batches, start };
  };
  const pass = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };

  it('takes what its executions do in one turn together, in order', async () => {
    const { clock, batches, start } = await setUp(pass);
    await Promise.all([start({ n: 1 }), start({ n: 2 }), start({ n: 3 })]);
    await clock.turn(0);
    expect(batches()).toHaveLength(1);
    const types = batches()[0]!.map(({ message }) => JSON.parse(message).type);
    const ofOne = ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded'];
    expect(types).toEqual([...ofOne, ...ofOne, ...ofOne]);
  });

  it('takes no more at once than CloudWatch Logs does', async () => {
    const { clock, batches, start } = await setUp(pass);
    await Promise.all([1, 2, 3].map(() => start('x'.repeat(200_000))));
    await clock.turn(0);
    expect(batches().flat()).toHaveLength(12);
    expect(batches().length).toBeGreaterThan(1);
    for (const events of batches()) {
      const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + 26, 0);
      expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES);
    }
  });

  it('is whole when the service stops', async () => {
    const { service, batches, start } = await setUp(pass);
    await start({});
    await service.stop!();
    expect(batches().flat()).toHaveLength(4);
  });
});
