import { SFNClient } from '@aws-sdk/client-sfn';
import { readApprovalsOutputs } from '../outputs-file';
import { type ApiAnswer, signedFetch } from '../signed-fetch';

/** One line of the list of requests; times are ISO 8601 in UTC. */
export interface ApprovalSummary {
  readonly requestId: string;
  readonly status: string;
  readonly title: string;
  readonly requester: string;
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly decidedAt?: string;
  readonly waitingFor: readonly string[];
  /** The ARN of the execution that asked; absent for whoever is none. */
  readonly askedBy?: string;
}

/** The operators' API of an approvals stack; calls are signed with the credentials of whoever types. */
export class ApprovalsClient {
  private readonly api: (method: string, path: string, body?: string) => Promise<ApiAnswer>;
  private readonly credentials: SFNClient;

  constructor(outputsFile: string) {
    const outputs = readApprovalsOutputs(outputsFile);
    // Any client of the SDK finds the credentials as all of them do: environment, profile, SSO, role.
    this.credentials = new SFNClient({ region: outputs.Region });
    this.api = signedFetch(outputs.ApprovalsApiUrl, outputs.Region, this.credentials.config.credentials as any);
  }

  /** Requests of one status, the latest first, a page at a time. */
  async *list(status: string): AsyncGenerator<ApprovalSummary> {
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ status, limit: '100', ...(cursor && { cursor }) });
      const page = await this.call('GET', `/approvals?${query}`);
      yield* page.approvals;
      cursor = page.cursor;
    } while (cursor);
  }

  /** A request with everything that operators may see. */
  show(requestId: string): Promise<Record<string, any>> {
    return this.call('GET', `/approvals/${encodeURIComponent(requestId)}`);
  }

  /** The same; undefined when there is none. */
  async find(requestId: string): Promise<Record<string, any> | undefined> {
    const path = `/approvals/${encodeURIComponent(requestId)}`;
    const answer = await this.api('GET', path);
    return answer.statusCode === 404 ? undefined : bodyOf(answer, 'GET', path);
  }

  /** Does something with a request and gives it as it is then. */
  act(requestId: string, act: 'remind' | 'revoke' | 'reassign', body: object): Promise<Record<string, any>> {
    return this.call('POST', `/approvals/${encodeURIComponent(requestId)}/${act}`, JSON.stringify(body));
  }

  close(): void {
    this.credentials.destroy();
  }

  private async call(method: string, path: string, body?: string): Promise<any> {
    return bodyOf(await this.api(method, path, body), method, path);
  }
}

/** The body of an answer; throws an Error with what the API says is wrong. */
function bodyOf(answer: ApiAnswer, method: string, path: string): any {
  if (answer.statusCode < 300) return answer.body;
  const { title, detail, message, errors } = answer.body ?? {};
  const faults = (errors ?? []).map((fault: any) => `\n  ${fault.pointer ?? ''}: ${fault.detail}`).join('');
  const said = detail ?? message ?? title ?? JSON.stringify(answer.body);
  throw new Error(`${method} ${path} answered ${answer.statusCode}: ${said}${faults}`);
}
