import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { DataTable } from '../../constructs/data-table';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';

const text = (name: string) => ({ name, type: AttributeType.STRING });
const number = (name: string) => ({ name, type: AttributeType.NUMBER });

/** The tables of approvals, and who may do what with them. */
export class ApprovalTables extends Construct {
  /** Requests and links. Its stream tells of requests whose effects are due. */
  readonly approvals: DataTable;
  /** One row per act, chained by hash; functions put rows and do nothing else with them. */
  readonly audit: DataTable;

  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    const protection = settings.data;
    this.approvals = new DataTable(this, 'Approvals', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiration',
      indexes: {
        due: { partitionKey: text('dueQueue'), sortKey: number('dueAt') },
        'by-status': { partitionKey: text('status'), sortKey: number('openedAt') },
      },
      protection,
    });
    this.audit = new DataTable(this, 'Audit', {
      partitionKey: text('requestId'),
      sortKey: number('seq'),
      protection,
    });
  }

  /** What every function of approvals needs to know. */
  get environment(): Readonly<Record<'APPROVALS_TABLE' | 'AUDIT_TABLE', string>> {
    return { APPROVALS_TABLE: this.approvals.name, AUDIT_TABLE: this.audit.name };
  }

  /** Lets a function read requests and links, and write requests together with audit rows. */
  grantRequests(task: TaskFunction): void {
    task.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], this.approvals.arn);
    task.allow(['dynamodb:PutItem'], this.audit.arn);
  }

  /** Lets a function count attempts on links. */
  grantAttempts(task: TaskFunction): void {
    task.allow(['dynamodb:UpdateItem'], this.approvals.arn);
  }

  /** Lets a function find requests in one order. */
  grantQuery(task: TaskFunction, indexName: 'due' | 'by-status'): void {
    task.allow(['dynamodb:Query'], this.approvals.indexArn(indexName));
  }
}
