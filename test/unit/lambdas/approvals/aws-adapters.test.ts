import { createHmac } from 'node:crypto';
import { createApprovalsStreamHandler } from '../../../../lambdas/approvals/adapters/approvals-stream';
import { createKmsLinkMaker } from '../../../../lambdas/approvals/adapters/kms-link-maker';
import { createKmsTokenVault } from '../../../../lambdas/approvals/adapters/kms-token-vault';
import { createSchedulerWakeTimer } from '../../../../lambdas/approvals/adapters/scheduler-wake-timer';
import { createSfnWorkflowCallback } from '../../../../lambdas/approvals/adapters/sfn-workflow-callback';
import { createWakeHandler } from '../../../../lambdas/approvals/adapters/wake-event';
import { silentLog } from '../../../../lambdas/shared/observability/log';
import { silentMeter } from '../../../../lambdas/shared/observability/meter';
import { invocation } from '../../shared/turned-clock';

/** A client that keeps what it is sent and answers, or fails with an error of the name that a string gives. */
function client(answer: (input: any) => object | string) {
  const sent: { command: string; input: any }[] = [];
  return {
    sent,
    send: async (command: any) => {
      sent.push({ command: command.constructor.name, input: command.input });
      const given = answer(command.input);
      if (typeof given === 'string') throw Object.assign(new Error(given), { name: given });
      return given;
    },
  };
}

const requestId = 'r'.repeat(27);
const silent = { log: silentLog, meter: silentMeter };

describe('the link maker', () => {
  const kms = () => client(({ Message }) => ({ Mac: createHmac('sha256', 'key').update(Message).digest() }));

  it('gives 32 characters for a URL and six digits, the same again for the same link', async () => {
    const links = createKmsLinkMaker(kms(), 'key-arn');
    const link = { requestId, person: 'ben@example.com', generation: 1 };
    const made = await links.make(link);
    expect(made.linkId).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(made.code).toMatch(/^\d{6}$/);
    expect(await links.make(link)).toEqual(made);
    const next = await links.make({ ...link, generation: 2 });
    expect(next.linkId).not.toBe(made.linkId);
    expect(next.code).not.toBe(made.code);
  });

  it('asks for a MAC of what the link stands for', async () => {
    const kmsClient = kms();
    await createKmsLinkMaker(kmsClient, 'key-arn').make({ requestId, person: 'b@example.com', generation: 3 });
    const messages = kmsClient.sent.map(({ input }) => Buffer.from(input.Message).toString());
    expect(messages).toEqual([`link\n${requestId}\nb@example.com\n3`, `code\n${requestId}\nb@example.com\n3`]);
    expect(kmsClient.sent[0]?.input).toMatchObject({ KeyId: 'key-arn', MacAlgorithm: 'HMAC_SHA_256' });
  });
});

describe('the token vault', () => {
  it('binds the ciphertext to its request', async () => {
    const kms = client((input) =>
      input.Plaintext
        ? { CiphertextBlob: Buffer.from(input.Plaintext).reverse() }
        : { Plaintext: Buffer.from(input.CiphertextBlob).reverse() },
    );
    const vault = createKmsTokenVault(kms, 'key-arn');
    const ciphertext = await vault.seal('token-0', requestId);
    expect(ciphertext).not.toContain('token');
    expect(await vault.open(ciphertext, requestId)).toBe('token-0');
    for (const { input } of kms.sent)
      expect(input).toMatchObject({ KeyId: 'key-arn', EncryptionContext: { requestId } });
  });
});

describe('the callback', () => {
  it.each([
    ['TaskTimedOut', 'gone'],
    ['TaskDoesNotExist', 'gone'],
    ['InvalidToken', 'gone'],
  ])('takes %s for a task that is gone', async (error, outcome) => {
    const callback = createSfnWorkflowCallback(client(() => error));
    expect(await callback.succeed('token', {})).toBe(outcome);
    expect(await callback.fail('token', 'ApprovalRejected', {})).toBe(outcome);
  });

  it('sends output, error and cause as JSON, and throws what may mend', async () => {
    const states = client(() => ({}));
    const callback = createSfnWorkflowCallback(states);
    expect(await callback.succeed('t', { decision: 'approved' })).toBe('delivered');
    expect(await callback.fail('t', 'ApprovalExpired', { by: 'expiry' })).toBe('delivered');
    expect(states.sent).toEqual([
      { command: 'SendTaskSuccessCommand', input: { taskToken: 't', output: '{"decision":"approved"}' } },
      {
        command: 'SendTaskFailureCommand',
        input: { taskToken: 't', error: 'ApprovalExpired', cause: '{"by":"expiry"}' },
      },
    ]);
    await expect(createSfnWorkflowCallback(client(() => 'ThrottlingException')).succeed('t', {})).rejects.toThrow();
  });
});

describe('the wake timer', () => {
  const props = { groupName: 'group', functionArn: 'fn', roleArn: 'role', deadLetterArn: 'dlq' };

  it('sets a schedule for the next whole second, which goes once it has run', async () => {
    const scheduler = client(() => ({}));
    await createSchedulerWakeTimer({ client: scheduler, ...props }).wakeAt(
      requestId,
      Date.parse('2026-03-01T09:00:00.001Z'),
    );
    expect(scheduler.sent[0]?.input).toMatchObject({
      Name: `${requestId}-${Date.parse('2026-03-01T09:00:01Z') / 1000}`,
      GroupName: 'group',
      ScheduleExpression: 'at(2026-03-01T09:00:01)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: { Arn: 'fn', RoleArn: 'role', Input: JSON.stringify({ requestId }), DeadLetterConfig: { Arn: 'dlq' } },
    });
    expect(scheduler.sent[0]?.input.Name.length).toBeLessThanOrEqual(64);
  });

  it('takes one that is there for the same, and throws anything else', async () => {
    const wakeAt = (error: string) =>
      createSchedulerWakeTimer({ client: client(() => error), ...props }).wakeAt(requestId, 1);
    await expect(wakeAt('ConflictException')).resolves.toBeUndefined();
    await expect(wakeAt('ThrottlingException')).rejects.toThrow();
  });
});

describe('the stream', () => {
  const record = (name: string, sequence: string, effectsDue?: string) => ({
    dynamodb: {
      Keys: { pk: { S: `request#${name}` }, sk: { S: 'request' } },
      SequenceNumber: sequence,
      NewImage: effectsDue ? { effectsDue: { S: effectsDue } } : {},
    },
  });

  it('carries out rows with effects, and answers with the first that failed', async () => {
    const carried: string[] = [];
    const handler = createApprovalsStreamHandler(async (id) => {
      carried.push(id);
      if (id !== 'a') throw new Error('no mail');
    }, silent);
    const Records = [record('a', '1', 'yes'), record('idle', '2'), record('b', '3', 'yes'), record('c', '4', 'yes')];
    const answer = await handler({ Records } as never, invocation());
    expect(carried).toEqual(['a', 'b', 'c']);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '3' }] });
  });

  it('has nothing to say of deleted rows', async () => {
    const handler = createApprovalsStreamHandler(async () => {
      throw new Error('never called');
    }, silent);
    const Records = [{ dynamodb: { Keys: { pk: { S: 'request#a' } }, SequenceNumber: '1' } }];
    expect(await handler({ Records } as never, invocation())).toEqual({ batchItemFailures: [] });
  });
});

describe('a schedule’s call', () => {
  it('wakes the request that it names', async () => {
    const woken: string[] = [];
    const handler = createWakeHandler(async (id) => void woken.push(id));
    await handler({ requestId }, invocation());
    expect(woken).toEqual([requestId]);
    await expect(handler({}, invocation())).rejects.toThrow('names no request');
  });
});
