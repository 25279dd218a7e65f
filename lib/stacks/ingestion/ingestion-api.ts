import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { HttpApi } from '../../constructs/http-api';
import type { StageSettings } from '../../stages/stage-settings';
import { allowEmbedding } from './embedding-model';
import { ingestionFunction } from './ingestion-functions';
import type { IngestionStores } from './ingestion-stores';

/** What the API works with. */
export interface IngestionApiProps {
  readonly settings: StageSettings;
  readonly stores: IngestionStores;
}

/**
 * `GET /tenants/{tenant}/search` and `GET /tenants/{tenant}/documents`. The tenant stands in the path, so that an IAM
 * policy can say whose documents a caller sees: `execute-api:Invoke` on `API_ARN/$default/GET/tenants/NAME/*`.
 */
export class IngestionApi extends Construct {
  /** Scheme and host of the API. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { settings, stores }: IngestionApiProps) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', {
      description: 'Searches documents, and tells how they fare',
      logRetention: settings.logRetentionDays as RetentionDays,
      requestsPerSecond: settings.ingestion.requestsPerSecond,
      burst: settings.ingestion.burst,
      jwt: settings.api.jwt,
    });
    this.endpoint = api.endpoint;

    const search = ingestionFunction(this, 'SearchDocuments', settings, {
      handler: 'search-documents',
      description: 'Finds passages of visible documents',
      timeout: Duration.seconds(15),
      memoryMegabytes: 1024,
      environment: {},
    });
    // A query that filters or returns metadata needs GetVectors besides.
    stores.allowVectors(search, 'QueryVectors', 'GetVectors');
    stores.allowRows(search, 'BatchGetItem');
    allowEmbedding(search, settings);
    api.route(HttpMethod.GET, '/tenants/{tenant}/search', search);

    const list = ingestionFunction(this, 'ListDocuments', settings, {
      handler: 'list-documents',
      description: "Lists a tenant's documents with their status",
      timeout: Duration.seconds(15),
      environment: {},
    });
    stores.allowRows(list, 'BatchGetItem');
    stores.allowQuery(list, 'by-tenant');
    api.route(HttpMethod.GET, '/tenants/{tenant}/documents', list);
  }
}
