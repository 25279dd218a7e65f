import { dev } from '../../../lib/stages/dev';
import { findStage } from '../../../lib/stages/find-stage';
import { production } from '../../../lib/stages/production';
import { checkStageSettings } from '../../../lib/stages/stage-settings';

const secretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:stripe-AbCdEf';
const find = (context: Record<string, unknown>) => findStage((name) => context[name]);

describe('the stages', () => {
  it('are dev when nobody names one', () => {
    expect(find({})).toMatchObject({ name: 'dev', payments: { provider: 'built-in' } });
  });

  it('give production a real provider and tables that outlive the stack', () => {
    expect(find({ stage: 'production', stripeSecretArn: secretArn })).toMatchObject({
      payments: { provider: 'stripe', secretArn },
      hasFaultSwitches: false,
      data: { onDelete: 'retain', hasDeletionProtection: true },
    });
  });

  it.each(['staging', 'toString', ''])('rejects the unknown stage %j and names those that exist', (stage) => {
    expect(() => find({ stage })).toThrow(`There is no stage '${stage}': use one of dev, production`);
  });

  it('rejects production without the ARN of the Stripe secret and says how to give it', () => {
    expect(() => find({ stage: 'production' })).toThrow(
      /Stage 'production' cannot be used:\n {2}payments.secretArn is missing: .* -c stripeSecretArn=ARN/,
    );
  });

  it.each<[string, object, RegExp]>([
    ['the built-in provider', { payments: { provider: 'built-in' } }, /payments.provider is 'built-in'.*'stripe'/],
    ['fault switches', { hasFaultSwitches: true }, /hasFaultSwitches is true.*set it to false \(now true\)/],
    ['a probe', { hasEventProbe: true }, /hasEventProbe is true/],
    ['examples', { hasExamples: true }, /hasExamples is true.*set it to false/],
    [
      'histories that the account may read',
      { approvals: { ...production('').approvals, historyReaders: 'account' } },
      /approvals.historyReaders is 'account'.*set it to 'nobody'/,
    ],
    [
      'tables that a destroy takes along',
      { data: { ...production('').data, onDelete: 'destroy' } },
      /data.onDelete is 'destroy'/,
    ],
  ])('rejects %s in production', (_what, change, message) => {
    expect(() => checkStageSettings('production', { ...production(secretArn), ...change })).toThrow(message);
  });

  it.each<[string, object, RegExp]>([
    [
      'a retention that CloudWatch Logs does not know',
      { logRetentionDays: 8 },
      /logRetentionDays must be one of 1, 3, 5.*\(now 8\)/,
    ],
    [
      'an alarm address that is none',
      { alarms: { ...dev.alarms, readers: { page: ['oncall'], ticket: [] } } },
      /alarms.readers.page.0 must be an e-mail.*"oncall"/,
    ],
    [
      'an issuer that is no https URL',
      { api: { ...dev.api, jwt: { issuer: 'http://x', audience: ['a'] } } },
      /api.jwt.issuer must be an https URL/,
    ],
    ['a setting that nobody knows', { colour: 'blue' }, /colour/],
    [
      'an order that ends before its approval does',
      { orders: { ...dev.orders, machineTimeoutSeconds: 93_599 } },
      /orders.machineTimeoutSeconds must be at least 93600, approvals.expiresInSeconds and two hours.*\(now 93599\)/,
    ],
    [
      'a reminder after the expiry',
      { approvals: { ...dev.approvals, reminders: { everySeconds: 86_400, atMost: 1 } } },
      /approvals.reminders.everySeconds must be less than approvals.expiresInSeconds/,
    ],
    [
      'an escalation after the expiry',
      { approvals: { ...dev.approvals, escalation: { afterSeconds: 86_400, to: ['lead@example.com'] } } },
      /approvals.escalation.afterSeconds must be less than/,
    ],
    [
      'an escalation to the approvers themselves',
      { approvals: { ...dev.approvals, escalation: { afterSeconds: 60, to: ['approver@example.com'] } } },
      /approvals.escalation.to names approvers only/,
    ],
    [
      'a dimension that the model does not give',
      { ingestion: { ...dev.ingestion, embedding: { ...dev.ingestion.embedding, dimensions: 300 } } },
      /ingestion.embedding.dimensions must be 256, 512 or 1024 \(now 300\)/,
    ],
    [
      'a model without an adapter',
      { ingestion: { ...dev.ingestion, embedding: { ...dev.ingestion.embedding, modelId: 'cohere.embed-v4:0' } } },
      /ingestion.embedding.modelId must be amazon.titan-embed-text-v2:0/,
    ],
    [
      'executions that outlive what their stages made',
      { ingestion: { ...dev.ingestion, keepWorkDays: 2, machineTimeoutSeconds: 172_800 } },
      /ingestion.machineTimeoutSeconds must be less than 172800, ingestion.keepWorkDays.*\(now 172800\)/,
    ],
    [
      'an approver list of nobody',
      { approvals: { ...dev.approvals, approvers: [] } },
      /approvals.approvers needs at least one/,
    ],
  ])('rejects %s', (_what, change, message) => {
    expect(() => checkStageSettings('dev', { ...dev, ...change })).toThrow(message);
  });
});
