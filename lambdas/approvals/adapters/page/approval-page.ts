import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Hono } from 'hono';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import type { Invocation } from '../../../shared/invocation';
import type { Observability } from '../../../shared/observability/observe';
import type { PageService } from '../../domain/page-service';
import { actAnswer, faultAnswer, viewAnswer } from './act-answer';
import { FormRefused, readFormBody } from './form-body';
import { incomingRequest } from './incoming-request';
import { BROKEN_PAGE, FOREIGN_PAGE, UNKNOWN_PAGE } from './message-pages';
import { pageActOf } from './page-act';
import type { PageAnswer } from './page-answer';
import { PAGE_HEADERS } from './page-headers';
import { comesFromPage } from './same-origin';
import { readSubmission } from './submission';

/** What the page is made of. `origin` is its own: `https://approvals.example.com`. */
export interface ApprovalPageParts extends Observability {
  readonly service: PageService;
  readonly origin: string;
}

/**
 * The page behind a mailed link, as a function of an HTTP API's events (payload format 2.0): `GET` and `HEAD /a/{link}`
 * only look, `POST /a/{link}` acts. Whatever else is asked for gets the page of an unknown link.
 *
 * | status | when |
 * | --- | --- |
 * | 200 | the request; an act that was recorded, or that came after the decision |
 * | 400, 413, 415 | a body that is not the page's form, whatever the link |
 * | 403 | another site's form; a wrong code; an act that is not the person's |
 * | 404 | an unknown link: always the same bytes |
 * | 409 | the payload is not the one that was shown |
 * | 410 | a link that was replaced or closed; an answer after the end |
 * | 422 | something is missing or out of its limits |
 * | 503 | many writes at once, or a failure; both with Retry-After |
 */
export function createApprovalPage({ service, origin, log, meter }: ApprovalPageParts) {
  const app = new Hono();
  const answered = ({ status, body, outcome, about, headers }: PageAnswer) => {
    const { requestId, correlationId } = about ?? {};
    log.info('The page answers', { status, outcome, requestId, correlationId });
    return new Response(body.toString(), { status, headers: { ...PAGE_HEADERS, ...headers } });
  };

  app.get('/a/:link', async (c) => answered(viewAnswer(await service.view(c.req.param('link')))));

  app.post('/a/:link', async (c) => {
    const source = { origin: c.req.header('origin'), secFetchSite: c.req.header('sec-fetch-site') };
    if (!comesFromPage(source, origin)) return answered(FOREIGN_PAGE);
    const body = new Uint8Array(await c.req.arrayBuffer());
    const submission = readSubmission(readFormBody(c.req.header('content-type'), body));
    const link = c.req.param('link');
    const before = await service.view(link);
    if (before.kind !== 'request') return answered(viewAnswer(before));
    const act = pageActOf(submission, before);
    if (!('kind' in act)) return answered(faultAnswer(before, submission, act));
    const result = await service.act(link, act);
    if (result.outcome.kind === 'code-wrong') meter.count('ApprovalCodeWrong');
    return answered(actAnswer(before, submission, act, result));
  });

  app.notFound(() => answered(UNKNOWN_PAGE));
  app.onError((error) => {
    if (error instanceof FormRefused) return answered(error.answer);
    // By its name alone: a message could hold what was sent.
    log.error('The page failed', { errorName: error.name });
    return answered(BROKEN_PAGE);
  });

  const respond = handle(app);
  // The same format under two packages' types.
  const request = (event: APIGatewayProxyEventV2) => incomingRequest(event) as unknown as LambdaEvent;
  return async (event: APIGatewayProxyEventV2, _invocation: Invocation): Promise<APIGatewayProxyStructuredResultV2> =>
    (await respond(request(event))) as APIGatewayProxyStructuredResultV2;
}
