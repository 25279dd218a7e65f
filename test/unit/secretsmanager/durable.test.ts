import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createSecretsManagerService } from '../../../local/services/secretsmanager/router';
import { Gateway } from '../../../local/wire/gateway';
import { MemoryJournal } from '../../support/memory-journal';
import { recordingService } from '../../support/recording-service';

const DAY_MS = 86_400_000;
const clock = new SimulatedClock();
const user = { kind: 'user', arn: 'arn:aws:iam::000000000000:user/local', accountId: '000000000000' } as const;
const lambda = recordingService('lambda', { Invoke: () => ({ StatusCode: 200 }) });

let journal: MemoryJournal;
let gateway: Gateway;
let processes = 0;

function begin(): void {
  gateway = new Gateway({ kernel: { clock, random: new SeededRandom(++processes) }, journal });
  const service = createSecretsManagerService(gateway);
  gateway.register(service, lambda);
  service.resume!();
}

async function restart(): Promise<void> {
  journal = journal.reopened();
  await gateway.stop();
  begin();
}

const call = (action: string, input: object): Promise<any> => gateway.call(user, 'secretsmanager', action, input);

beforeEach(() => {
  journal = new MemoryJournal();
  lambda.calls.length = 0;
  begin();
});

describe('Secrets Manager over a journal', () => {
  it('keeps secrets with their versions, labels, tags and policies', async () => {
    await call('CreateSecret', { Name: 's', SecretString: 'first', Tags: [{ Key: 'a', Value: 'b' }] });
    await call('PutSecretValue', { SecretId: 's', SecretString: 'second' });
    const before = await call('DescribeSecret', { SecretId: 's' });
    await restart();
    expect(await call('DescribeSecret', { SecretId: 's' })).toEqual(before);
    expect((await call('GetSecretValue', { SecretId: 's', VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('first');
  });

  it('removes a deleted secret when its time has come, also in another process', async () => {
    await call('CreateSecret', { Name: 's', SecretString: 'x' });
    await call('DeleteSecret', { SecretId: 's', RecoveryWindowInDays: 7 });
    await restart();
    await clock.turn(6 * DAY_MS);
    expect(await call('DescribeSecret', { SecretId: 's' })).toMatchObject({ Name: 's' });
    await clock.turn(DAY_MS);
    await expect(call('DescribeSecret', { SecretId: 's' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    journal.commit();
    expect(journal.count('secretsmanager.secrets')).toBe(0);
  });

  it('rotates what was planned', async () => {
    await call('CreateSecret', { Name: 's', SecretString: 'x' });
    await call('RotateSecret', {
      SecretId: 's',
      RotationLambdaARN: 'arn:aws:lambda:us-east-1:000000000000:function:rotate',
      RotationRules: { ScheduleExpression: 'rate(10 days)' },
      RotateImmediately: false,
    });
    await restart();
    await clock.turn(9 * DAY_MS);
    expect(lambda.calls).toHaveLength(0);
    await clock.turn(DAY_MS);
    expect(lambda.calls).toHaveLength(4);
  });
});
