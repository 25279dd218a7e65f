import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as errors from '../../lambdas/fan-out/contracts/errors';
import { definitionFindings } from '../../lib/checks/workflow-checks';
import { allStates, placeholders, type State } from '../../lib/constructs/workflow-definition';
import { deliverEvent, eventInput, fanOutFolder, runArn, runDelivery } from './fan-out-machine';
import { mermaidDiagram, withDiagrams } from './mermaid-diagram';
import { expectCase, readCases } from './workflow-cases';

/** What Express gives an execution. */
const EXPRESS_SECONDS = 300;
/** Errors of mail, which approvals use too. */
const MAIL_ERRORS = ['MailRefused'];

const cases = readCases(fanOutFolder);
const states = new Map(allStates(deliverEvent));
const kebab = (name: string) => name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

describe('the machine that delivers an event', () => {
  it.each(cases)('%s', async (_title, workflowCase) => {
    expectCase(await runDelivery(workflowCase.answers, workflowCase.input), workflowCase);
  });

  it('has a case for every state', async () => {
    const walked = new Set<string>();
    for (const [, { answers, input }] of cases) {
      for (const state of (await runDelivery(answers, input)).path) walked.add(state);
    }
    expect([...walked].sort()).toEqual([...states.keys()].sort());
  });

  it('passes every check, as an Express machine', () => {
    expect(definitionFindings(deliverEvent, placeholders(deliverEvent), { isExpress: true })).toEqual([]);
  });

  it('parks the event, the target and the reason, and where it was tried', async () => {
    const { calls } = await runDelivery({ CallWebhook: [{ error: 'WebhookRefused', cause: 'gone' }] });
    expect(calls.find(({ stateName }) => stateName === 'ParkDelivery')?.parameters.MessageBody).toEqual({
      eventId: 'o-1:OrderConfirmed',
      target: 'webhook',
      reason: 'WebhookRefused',
      cause: 'gone',
      event: eventInput.event,
      executionArn: runArn,
    });
  });

  it('writes a row of analytics of what the event says', async () => {
    const { calls } = await runDelivery({});
    expect(calls.find(({ stateName }) => stateName === 'RecordAnalytics')?.parameters.Item).toEqual({
      eventId: { S: 'o-1:OrderConfirmed' },
      type: { S: 'OrderConfirmed' },
      source: { S: 'stepwright.orders' },
      occurredAt: { S: '2026-11-20T10:00:00.000Z' },
      detail: { S: JSON.stringify(eventInput.event.detail) },
      orderId: { S: 'o-1' },
      currency: { S: 'EUR' },
      totalCents: { N: '2500' },
    });
  });

  it.each(['MailCustomer', 'CallWebhook', 'RecordAnalytics'])(
    'leaves time to park what %s does not deliver, however it fails',
    (name) => {
      const seconds = [name, 'ParkDelivery', 'RecordParked'].reduce((sum, one) => sum + longest(states.get(one)!), 0);
      expect(seconds).toBeLessThan(EXPRESS_SECONDS);
    },
  );

  it('ends within the five minutes though everything stays down', async () => {
    const [, down] = cases.find(([title]) => title.includes('stay down'))!;
    expect((await runDelivery(down.answers)).seconds).toBeLessThan(EXPRESS_SECONDS);
  });
});

/** The longest that a task and its retries take, if each attempt times out and each retrier is used up. */
function longest({ TimeoutSeconds, Retry }: State): number {
  let seconds = Number(TimeoutSeconds);
  for (const { IntervalSeconds = 1, BackoffRate = 2, MaxAttempts = 3, MaxDelaySeconds = Infinity } of Retry as any[]) {
    for (let attempt = 0; attempt < MaxAttempts; attempt++) {
      seconds += Number(TimeoutSeconds) + Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** attempt);
    }
  }
  return seconds;
}

describe('the words of the fan-out', () => {
  it('are error names that a function throws, or that AWS gives', () => {
    const matched = [...states.values()].flatMap(({ Retry, Catch }) => [...((Retry as any[]) ?? []), ...(Catch ?? [])]);
    const ours = new Set(
      matched.flatMap(({ ErrorEquals }) => ErrorEquals as string[]).filter((name) => !name.includes('.')),
    );
    expect(ours.size).toBeGreaterThan(5);
    expect([...ours].filter((name) => !Object.hasOwn(errors, name) && !MAIL_ERRORS.includes(name))).toEqual([]);
  });

  it('are names of functions that have a handler file', () => {
    const invoking = [...states].filter(([, state]) => String(state.Resource).endsWith('lambda:invoke'));
    expect(invoking).toHaveLength(2);
    for (const [name] of invoking) {
      const file = path.resolve(__dirname, '../../lambdas/fan-out/handlers', `${kebab(name)}.ts`);
      expect([name, existsSync(file)]).toEqual([name, true]);
    }
  });
});

describe('the README of the fan-out', () => {
  const readme = readFileSync(path.join(fanOutFolder, 'README.md'), 'utf8');

  it('shows the definition as it is (npx tsx test/workflows/write-diagram.ts writes it)', () => {
    expect(withDiagrams(readme, mermaidDiagram(deliverEvent))).toBe(readme);
  });

  it('speaks of every state', () => {
    const prose = readme.replace(/```mermaid[\s\S]*?```/, '');
    expect([...states.keys()].filter((name) => !prose.includes(`\`${name}\``))).toEqual([]);
  });
});
