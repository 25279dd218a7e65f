import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { dev } from '../../lib/stages/dev';
import { checkStageSettings } from '../../lib/stages/stage-settings';
import { idOf, ofDev, ofProduction, resources } from './synthesized';

const file = path.resolve(__dirname, '../../statemachines/orders-reconciliation/reconcile.asl.json');

describe('the reconciliation of orders', () => {
  it('runs the very file, within the interval of its schedule', () => {
    const id = idOf(ofDev(), 'AWS::StepFunctions::StateMachine', 'ReconciliationWorkflow');
    const { Properties } = ofDev().toJSON().Resources[id];
    const definition = JSON.parse(readFileSync(file, 'utf8'));
    expect(JSON.parse(Properties.DefinitionString)).toEqual({ ...definition, TimeoutSeconds: 1800 });
    expect(Properties.StateMachineName).toBe('orders-reconciliation');
    expect(Properties.EncryptionConfiguration).toBeUndefined();
  });

  it('is started by a schedule, as often as the stage says', () => {
    const { everyMinutes, afterSeconds } = dev.orders.reconciliation;
    ofDev().hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: `rate(${everyMinutes} minutes)`,
      Target: Match.objectLike({
        Arn: { Ref: idOf(ofDev(), 'AWS::StepFunctions::StateMachineAlias', 'ReconciliationWorkflow') },
        DeadLetterConfig: {
          Arn: { 'Fn::GetAtt': [idOf(ofDev(), 'AWS::SQS::Queue', 'ReconciliationDeadLetterQueue'), 'Arn'] },
        },
      }),
    });
    for (const [id, { Properties }] of resources(ofDev(), 'AWS::Lambda::Function')) {
      if (!id.startsWith('Reconciliation')) continue;
      expect(Properties.Environment.Variables.AFTER_SECONDS).toBe(String(afterSeconds));
    }
  });

  it('finds waiting orders by an index of their keys alone', () => {
    const id = idOf(ofDev(), 'AWS::DynamoDB::GlobalTable', 'TablesOrdersTable');
    expect(ofDev().toJSON().Resources[id].Properties.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: 'waiting',
        KeySchema: [
          { AttributeName: 'waitingSince', KeyType: 'HASH' },
          { AttributeName: 'orderId', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ]);
  });

  it('asks Stripe in production, with a bundle of its own', () => {
    const id = idOf(ofProduction(), 'AWS::Lambda::Function', 'ReconciliationReconcilePayments');
    const { Variables } = ofProduction().toJSON().Resources[id].Properties.Environment;
    expect(Variables.STRIPE_SECRET_ARN).toMatch(/:secret:stripe-/);
    expect(Variables.PAYMENTS_TABLE).toBeUndefined();
  });

  it('is missed when it stands still: no run that succeeds is bad news', () => {
    ofDev().hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'orders-reconciliation-stopped',
      Namespace: 'AWS/States',
      MetricName: 'ExecutionsSucceeded',
      Statistic: 'Sum',
      Period: 90 * 60,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it.each([
    ['everyMinutes', { everyMinutes: 481, afterSeconds: 900 }],
    ['afterSeconds', { everyMinutes: 30, afterSeconds: 60 }],
  ])('rejects a stage whose %s is out of bounds', (name, reconciliation) => {
    const orders = { ...dev.orders, reconciliation };
    expect(() => checkStageSettings('dev', { ...dev, orders })).toThrow(`orders.reconciliation.${name}`);
  });
});
