import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createApprovalPage } from '../../../../../lambdas/approvals/adapters/page/approval-page';
import type { ActResult, LinkView, PageAct, PageService } from '../../../../../lambdas/approvals/domain/page-service';
import { keptLog } from '../../../orders/ports/memory-ports';
import { invocation } from '../../../shared/turned-clock';
import { sampleView } from './sample-views';

export const ORIGIN = 'https://approvals.example.com';
export const LINK = 'AbCdEfGhIjKlMnOpQrStUvWxYz012345';
export const CODE = '482913';

/** What a browser sends with the page's own form. */
export const OWN_FORM = { origin: 'null', 'sec-fetch-site': 'same-origin' };

/** The fields of the decision's form, filled in. */
export const APPROVAL = { act: 'decide', payloadHash: sampleView.payloadHash, decision: 'approve', code: CODE };

/** The page over a service that knows one link. */
export function servedPage(link: LinkView, result?: ActResult | Error) {
  const acts: PageAct[] = [];
  const looked: string[] = [];
  const { log, lines } = keptLog();
  const counted: string[] = [];
  const service: PageService = {
    view: async (linkId) => {
      looked.push(linkId);
      return linkId === LINK ? link : { kind: 'unknown' };
    },
    act: async (_linkId, act) => {
      acts.push(act);
      if (result instanceof Error) throw result;
      return result ?? { link, outcome: { kind: 'done' } };
    },
  };
  const meter = { count: (name: string) => void counted.push(name), seconds() {}, flush() {} };
  const page = createApprovalPage({ service, origin: ORIGIN, log, meter });

  const ask = async (method: string, path = `/a/${LINK}`, more: Partial<APIGatewayProxyEventV2> = {}) => {
    const event = {
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      rawQueryString: '',
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
      isBase64Encoded: false,
      requestContext: { http: { method, path }, domainName: 'evil.example', requestId: 'api-1' },
      ...more,
    } as unknown as APIGatewayProxyEventV2;
    const answer = await page(event, invocation());
    return {
      ...answer,
      status: answer.statusCode!,
      headers: answer.headers as Record<string, string>,
      html: answer.body!,
    };
  };
  const post = (fields: Record<string, string> | string, headers: Record<string, string> = OWN_FORM, path?: string) => {
    const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    return ask('POST', path, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: Buffer.from(body).toString('base64'),
      isBase64Encoded: true,
    });
  };
  return { ask, post, acts, looked, lines, counted };
}
