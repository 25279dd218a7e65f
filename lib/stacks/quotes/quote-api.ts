import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ExpressWorkflow } from '../../constructs/express-workflow';
import { HttpApi } from '../../constructs/http-api';
import type { StageSettings } from '../../stages/stage-settings';
import { quoteFunction } from './quote-functions';

/** What the API works with. */
export interface QuoteApiProps {
  readonly settings: StageSettings;
  readonly quote: ExpressWorkflow;
}

/**
 * `POST /quotes`: a function in front of the machine, since StartSyncExecution answers 200 also for a run that failed, and
 * an API that called it without a function would hand that on.
 */
export class QuoteApi extends Construct {
  /** Scheme and host of the API. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { settings, quote }: QuoteApiProps) {
    super(scope, id);
    const { validSeconds, requestsPerSecond, burst } = settings.quotes;
    const api = new HttpApi(this, 'Api', {
      description: 'Says what an order would cost and when it would arrive',
      logRetention: settings.logRetentionDays as RetentionDays,
      requestsPerSecond,
      burst,
      jwt: settings.api.jwt,
    });
    this.endpoint = api.endpoint;
    const requestQuote = quoteFunction(this, 'RequestQuote', settings, {
      handler: 'request-quote',
      description: 'Runs the quote machine, and answers with what it found',
      // An HTTP API waits 30 s: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
      timeout: Duration.seconds(25),
      environment: { QUOTES_MACHINE_ARN: quote.liveArn, QUOTE_VALID_SECONDS: String(validSeconds) },
    });
    quote.grantStartSyncExecution(requestQuote.function);
    api.route(HttpMethod.POST, '/quotes', requestQuote);
  }
}
