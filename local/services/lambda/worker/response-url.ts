import http from 'node:http';
import https from 'node:https';

/** The path under which CloudFormation takes the answers of custom resources. */
const ANSWERS = '/cloudformation-custom-resource-response/';

type Answered = (response: http.IncomingMessage) => void;

/**
 * Lets the functions of custom resources answer. Those that AWS and the CDK publish put their answer to the host and path of the URL
 * they were given, over HTTPS and without its port; the embedded AWS speaks HTTP on a port of its own.
 */
export function reachResponseUrls(endpoint: string): void {
  const { hostname, port } = new URL(endpoint);
  const { request } = https;
  https.request = ((...given: unknown[]) => {
    const [first, ...rest] = given;
    if (typeof first === 'string' || first instanceof URL) {
      const url = new URL(first);
      const isAnswer = url.hostname === hostname && url.pathname.startsWith(ANSWERS);
      if (isAnswer) return http.request(url, ...(rest as [http.RequestOptions, Answered]));
    } else {
      const options = first as https.RequestOptions;
      const isAnswer = (options.hostname ?? options.host) === hostname && options.path?.startsWith(ANSWERS);
      if (isAnswer) {
        return http.request({ ...options, protocol: 'http:', port, agent: undefined }, ...(rest as [Answered]));
      }
    }
    return (request as (...all: unknown[]) => http.ClientRequest)(...given);
  }) as typeof request;
}
