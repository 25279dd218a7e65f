import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { type DataProtection, DataTable } from './data-table';
import type { TaskFunction } from './task-function';

/** The table of Powertools' idempotency records, and of the fences that undos leave; records expire by themselves. */
export class IdempotencyTable extends DataTable {
  constructor(scope: Construct, id: string, protection: DataProtection) {
    super(scope, id, {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiration',
      protection,
    });
  }

  /** Lets a function keep its idempotency records, and points it to the table. */
  grantRecords(task: TaskFunction): void {
    this.grant(task, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
  }

  /** Lets an undo lay fences, and points it to the table. */
  grantFence(task: TaskFunction): void {
    this.grant(task, ['dynamodb:PutItem']);
  }

  private grant(task: TaskFunction, actions: readonly string[]): void {
    task.allow(actions, this.arn);
    task.function.addEnvironment('IDEMPOTENCY_TABLE', this.name);
  }
}
