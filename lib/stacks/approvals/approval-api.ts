import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { HttpApi } from '../../constructs/http-api';
import type { StageSettings } from '../../stages/stage-settings';
import { approvalFunction } from './approval-functions';
import type { ApprovalTables } from './approval-tables';

/** What the API works with. */
export interface ApprovalApiProps {
  readonly settings: StageSettings;
  readonly tables: ApprovalTables;
}

/** The approvers' page, open to whoever holds a link, and the operators' routes, which are signed. */
export class ApprovalApi extends Construct {
  /** Scheme and host of the API. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { settings, tables }: ApprovalApiProps) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', {
      description: 'Shows approvers what they are asked, takes their answers, and lets operators look after requests',
      logRetention: settings.logRetentionDays as RetentionDays,
      requestsPerSecond: settings.approvals.requestsPerSecond,
      burst: settings.approvals.burst,
    });
    this.endpoint = api.endpoint;

    const page = approvalFunction(this, 'ApprovalPage', settings, tables, {
      handler: 'approval-page',
      description: 'Shows a request to whoever holds a link, and takes an answer with its code',
      timeout: Duration.seconds(15),
      environment: { PAGE_ORIGIN: api.endpoint },
    });
    tables.grantAttempts(page);
    api.publicRoute(
      [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST],
      '/a/{link}',
      page,
      'An approver signs nothing: the link holds 192 bits that only the mail knows, and a decision its code besides.',
    );

    const operate = approvalFunction(this, 'OperateApprovals', settings, tables, {
      handler: 'operate-approvals',
      description: 'Lists and shows requests; reminds, revokes and reassigns',
      timeout: Duration.seconds(15),
      environment: {},
    });
    tables.grantQuery(operate, 'by-status');
    api.route(HttpMethod.GET, '/approvals', operate);
    api.route(HttpMethod.GET, '/approvals/{requestId}', operate);
    for (const act of ['remind', 'revoke', 'reassign']) {
      api.route(HttpMethod.POST, `/approvals/{requestId}/${act}`, operate);
    }
  }
}
