import type { TaskCall } from '../integrations/integration';

type Exchanged = NonNullable<TaskCall['exchanged']>;

/** What TestState shows of an HTTP Task at the level TRACE; all members are texts. */
export interface HttpInspection {
  readonly request: Readonly<Record<string, string>>;
  readonly response: Readonly<Record<string, string>>;
}

/**
 * The request and the answer; without `isRevealed`, the request as it would be without the connection's data.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionData.html
 */
export function httpInspection(isRevealed: boolean, ...[bare, sent, answer]: Parameters<Exchanged>): HttpInspection {
  const { url, method, headers, body } = isRevealed ? sent : bare;
  const protocol = url.protocol.slice(0, -1);
  return {
    request: {
      protocol,
      method,
      url: url.href,
      headers: listed(headers),
      ...(body === undefined ? {} : { body }),
    },
    response: {
      protocol,
      statusCode: String(answer.statusCode),
      statusMessage: answer.statusText,
      headers: listed(answer.headers),
      body: answer.body.toString('utf8'),
    },
  };
}

function listed(headers: Readonly<Record<string, string | string[]>>): string {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}: ${value}`),
  );
  return `[${lines.join(', ')}]`;
}
