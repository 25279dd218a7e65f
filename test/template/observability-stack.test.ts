import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { dev } from '../../lib/stages/dev';
import { ASSEMBLY_FOLDER } from '../support/assembly-folder';
import { bellsOf, grantsOf, resources } from './synthesized';

const templateOf = (stack: string) =>
  Template.fromJSON(
    JSON.parse(readFileSync(path.join(ASSEMBLY_FOLDER, `stepwright-dev-${stack}.template.json`), 'utf8')),
  );
const observability = templateOf('observability');
const alerting = templateOf('alerting');

/** A text of a template, whose references became words. */
const textOf = (value: any): string =>
  typeof value === 'string'
    ? value
    : value['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : 'X')).join('');

const functionOf = (template: Template, prefix: string) =>
  resources(template, 'AWS::Lambda::Function').find(([id]) => id.startsWith(prefix))![1].Properties;

describe('the watchers', () => {
  it('see executions, requests and trails, and neither histories of sealed machines nor contents', () => {
    const { MACHINES, TRAILS } = functionOf(observability, 'WatchersWatchExecutions').Environment.Variables;
    const machines = JSON.parse(textOf(MACHINES));
    expect(
      machines.map(({ service, arn, silentAfterSeconds }: any) => [service, arn.split(':').at(-1), silentAfterSeconds]),
    ).toEqual(
      expect.arrayContaining([
        ['orders', 'stepwright-dev-orders-undo', dev.watch.silentSeconds.undo],
        ['ingestion', 'stepwright-dev-ingestion-document', undefined],
      ]),
    );
    expect(Object.keys(JSON.parse(textOf(TRAILS))).sort()).toEqual(['approvals', 'ingestion', 'orders']);
    const actions = new Set(grantsOf(observability, 'WatchersWatchExecutionsRole').map((grant) => grant.split(' ')[0]));
    expect([...actions].filter((action) => !/^(logs|xray):/.test(action!)).sort()).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'states:DescribeStateMachineForExecution',
      'states:GetExecutionHistory',
      'states:ListExecutions',
    ]);
  });

  it('know the objectives of the stage', () => {
    const { OBJECTIVES, BUDGET_DAYS } = functionOf(observability, 'WatchersWatchBudgets').Environment.Variables;
    expect(JSON.parse(OBJECTIVES)).toEqual({
      orders: 0.995,
      approvals: 0.995,
      ingestion: 0.99,
      'fan-out': 0.995,
      quotes: 0.995,
    });
    expect(BUDGET_DAYS).toBe('30');
  });

  it('are invoked every minute, every five, and for each stack as often as the stage says', () => {
    const rates = (template: Template) =>
      resources(template, 'AWS::Scheduler::Schedule')
        .map(([, { Properties }]) => Properties.ScheduleExpression)
        .sort();
    expect(rates(observability)).toEqual(['rate(1 minute)', 'rate(5 minutes)']);
    for (const stack of ['orders', 'approvals', 'ingestion', 'fan-out', 'quotes']) {
      expect(rates(templateOf(stack))).toContain(`rate(${dev.watch.costsEveryMinutes} minutes)`);
    }
    expect(bellsOf(alerting)).toEqual(['WatcherDeadLetters']);
  });

  it.each(['orders', 'approvals', 'ingestion', 'fan-out', 'quotes'])('are told what each part of %s costs', (stack) => {
    const template = templateOf(stack);
    const [[, schedule]] = resources(template, 'AWS::Scheduler::Schedule').filter(([id]) =>
      id.startsWith('CostWatch'),
    ) as [[string, any]];
    const { meters } = JSON.parse(textOf(schedule.Properties.Target.Input));
    const counted = (namespace: string) => meters.filter((meter: any) => meter.namespace === namespace);
    expect(new Set(meters.map(({ service }: any) => service))).toEqual(new Set([stack]));
    expect(counted('AWS/Lambda')).toHaveLength(2 * resources(template, 'AWS::Lambda::Function').length);
    expect(counted('AWS/DynamoDB')).toHaveLength(2 * resources(template, 'AWS::DynamoDB::GlobalTable').length);
    expect(counted('AWS/SQS')).toHaveLength(resources(template, 'AWS::SQS::Queue').length);
    expect(meters.length).toBeLessThanOrEqual(500);
    for (const { dollars } of meters) expect(Math.abs(dollars)).toBeGreaterThan(0);
  });
});

describe('the dashboards', () => {
  const bodies = new Map(
    resources(observability, 'AWS::CloudWatch::Dashboard').map(([, { Properties }]) => [
      Properties.DashboardName as string,
      JSON.parse(textOf(Properties.DashboardBody)),
    ]),
  );

  it('are the three that an account has for nothing', () => {
    expect([...bodies.keys()].sort()).toEqual([
      'stepwright-dev-debug',
      'stepwright-dev-executive',
      'stepwright-dev-on-call',
    ]);
  });

  it('show every alarm that rings to those on call', () => {
    const shown = JSON.stringify(bodies.get('stepwright-dev-on-call'));
    for (const stack of ['alerting', 'orders', 'approvals', 'ingestion', 'fan-out', 'quotes', 'observability']) {
      for (const bell of bellsOf(templateOf(stack))) {
        const name = bell.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
        expect(shown).toContain(`:alarm:stepwright-dev-${stack}-${name}"`);
      }
    }
  });

  it('lead from a figure to the traces, and to the lines of one request in the logs of all functions', () => {
    const body = bodies.get('stepwright-dev-debug');
    expect(body.variables).toEqual([expect.objectContaining({ pattern: 'CORRELATION_ID', inputType: 'input' })]);
    const queries = body.widgets
      .filter(({ type }: any) => type === 'log')
      .map(({ properties }: any) => properties.query);
    const groups = ['orders', 'approvals', 'ingestion', 'fan-out', 'quotes'].flatMap((stack) =>
      resources(templateOf(stack), 'AWS::Lambda::Function').map(() => stack),
    );
    const ofOneRequest = queries
      .filter((query: string) => query.includes('correlationId = "CORRELATION_ID"'))
      .join('\n');
    expect(ofOneRequest.match(/SOURCE '\/stepwright\/stepwright-dev-/g)).toHaveLength(groups.length);
    expect(JSON.stringify(body)).toContain('#xray:traces/query');
  });
});
