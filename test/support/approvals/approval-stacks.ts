import { linkHashOf } from '../../../lambdas/approvals/domain/link';
import type { ApprovalRequest } from '../../../lambdas/approvals/domain/request';
import { requestIdOf } from '../../../lambdas/approvals/domain/request-id';
import { type EmbeddedAws, startEmbeddedAws } from '../../../local/embedded-aws';
import { LeapingClock } from '../../../local/kernel/leaping-clock';
import { SystemRandom } from '../../../local/kernel/random';
import type { LambdaService } from '../../../local/services/lambda/router';
import { administrator } from '../../../local/wire/gateway';
import { ASSEMBLY_FOLDER } from '../assembly-folder';
import { type ApprovalsOutputs, askingMachine } from './asking-machine';

/** A mail of the inbox. */
export interface InboxMail {
  readonly id: string;
  readonly to: string[];
  readonly subject: string;
  readonly tags: { readonly requestId: string; readonly kind: string };
  readonly text: string;
  readonly html: string;
  readonly headers: readonly unknown[] | object;
}

/** What a mail with a link holds. */
export interface Invitation {
  readonly url: string;
  readonly linkId: string;
  readonly code: string;
}

/** An answer of the page. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A request that was opened by {@link ApprovalStacks.ask}. */
export interface Asked {
  readonly requestId: string;
  readonly executionArn: string;
}

/** What is asked unless a test says otherwise. */
export const ASK = {
  title: 'Laptop for Anna',
  requester: { name: 'Anna', email: 'anna@example.com' },
  payload: { amount: 1200, currency: 'EUR', note: 'new laptop' },
  approvers: ['ben@example.com'],
  expiresInSeconds: 7 * 86_400,
};

/** How long is waited for what the functions do in their own time, in milliseconds of the machine. */
const PATIENCE_MS = 30_000;

/** The synthesized stacks on an embedded AWS of their own, with a machine that asks whatever a test wants. */
export class ApprovalStacks {
  readonly clock = new LeapingClock();
  readonly warnings: string[] = [];
  embedded!: EmbeddedAws;
  /** Outputs of the approvals stack. */
  outputs!: ApprovalsOutputs & Record<string, string>;
  /** Outputs of the orders stack. */
  orders!: Record<string, string>;
  private machineArn!: string;
  private asks = 0;

  static async start(assemblyFolder = ASSEMBLY_FOLDER): Promise<ApprovalStacks> {
    const stacks = new ApprovalStacks();
    const kernel = { clock: stacks.clock, random: new SystemRandom() };
    const { warnings } = stacks;
    stacks.embedded = await startEmbeddedAws({
      port: 0,
      kernel,
      warn: (line) => warnings.push(line),
      // The page has to hold its own against other sites, as it has to on AWS.
      apisAnswerAnySite: true,
    });
    const deployed = Object.values(await stacks.embedded.deploy(assemblyFolder));
    stacks.outputs = deployed.find((outputs) => outputs.ApprovalsApiUrl) as ApprovalStacks['outputs'];
    stacks.orders = deployed.find((outputs) => outputs.OrdersMachineArn)!;
    stacks.machineArn = (await stacks.deploy('asker', askingMachine(stacks.outputs))).MachineArn!;
    return stacks;
  }

  stop(): Promise<void> {
    return this.embedded.stop();
  }

  /** Calls an API action as the account's administrator. */
  call(service: string, action: string, input: object): Promise<any> {
    return this.embedded.gateway.call(administrator(this.embedded.accountId), service, action, input);
  }

  /** Creates a stack and gives its outputs. */
  async deploy(stackName: string, template: Parameters<EmbeddedAws['cloudFormation']['createStack']>[0]['template']) {
    await (await this.embedded.cloudFormation.createStack({ stackName, template })).done;
    const { Stacks } = await this.call('cloudformation', 'DescribeStacks', { StackName: stackName });
    const outputs = (Stacks[0].Outputs ?? []) as { OutputKey: string; OutputValue: string }[];
    return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  }

  /** Starts an execution that asks; `changes` go over {@link ASK}. Resolves before anything is opened. */
  async ask(changes: Record<string, unknown> = {}): Promise<Asked> {
    const { executionArn } = await this.call('states', 'StartExecution', {
      stateMachineArn: this.machineArn,
      name: `ask-${++this.asks}`,
      input: JSON.stringify({ ...ASK, ...changes }),
    });
    return { executionArn, requestId: requestIdOf(executionArn) };
  }

  /** Asks, and waits until the first approver has mail. */
  async invite(changes: Record<string, unknown> = {}): Promise<Asked & Invitation> {
    const asked = await this.ask(changes);
    const [person] = { ...ASK, ...changes }.approvers;
    return { ...asked, ...(await this.invitation(asked.requestId, person!)) };
  }

  /** The row of a request as it lies in the table. */
  async row(requestId: string): Promise<any> {
    return this.item({ pk: { S: `request#${requestId}` }, sk: { S: 'request' } });
  }

  /** A request. */
  async request(requestId: string): Promise<ApprovalRequest> {
    return JSON.parse((await this.row(requestId)).request.S);
  }

  /** The row of a link. */
  linkRow(linkId: string): Promise<any> {
    return this.item({ pk: { S: `link#${linkHashOf(linkId)}` }, sk: { S: 'link' } });
  }

  /** The audit trail of a request. */
  async acts(requestId: string): Promise<{ act: string; actor: string; details: any }[]> {
    const { Items } = await this.call('dynamodb', 'Query', {
      TableName: this.outputs.ApprovalAuditTableName,
      KeyConditionExpression: 'requestId = :id',
      ExpressionAttributeValues: { ':id': { S: requestId } },
      ConsistentRead: true,
    });
    return Items.map(({ act, actor, details }: any) => ({ act: act.S, actor: actor.S, details: details.M }));
  }

  /** All mails of a request, the oldest first. */
  async mails(requestId?: string): Promise<InboxMail[]> {
    const read = async (path: string) =>
      (await fetch(`${this.embedded.url}/inbox${path}`, { headers: { accept: 'application/json' } })).json();
    const { messages } = (await read('')) as { messages: InboxMail[] };
    const wanted = messages.filter(({ tags }) => requestId === undefined || tags.requestId === requestId);
    return Promise.all(wanted.reverse().map(({ id }) => read(`/${id}`) as Promise<InboxMail>));
  }

  /** Waits for the latest link that a person was mailed. */
  async invitation(requestId: string, person: string, kind?: string): Promise<Invitation> {
    return this.until(`mail to ${person}`, async () => {
      const mails = await this.mails(requestId);
      const mine = mails.filter(({ to, tags }) => to.includes(person) && (kind === undefined || tags.kind === kind));
      return mine.map(({ text }) => invitationIn(text)).findLast((found) => found !== undefined);
    });
  }

  /** Asks the page as any client may; `init.redirect` is manual. */
  async page(path: string, init: RequestInit = {}): Promise<PageAnswer> {
    const response = await fetch(`${this.outputs.ApprovalsApiUrl}${path}`, { redirect: 'manual', ...init });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  /** Opens the page and sends its form with the code, as a person does. */
  async decide(
    { linkId, code }: Pick<Invitation, 'linkId' | 'code'>,
    decision: 'approve' | 'reject',
    fields: Record<string, string> = {},
  ): Promise<PageAnswer> {
    const payloadHash = payloadHashIn((await this.page(`/a/${linkId}`)).body);
    return this.post(linkId, { act: 'decide', payloadHash, decision, reason: 'As agreed.', code, ...fields });
  }

  /** Sends a form. */
  post(linkId: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<PageAnswer> {
    return this.page(`/a/${linkId}`, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Waits until a request has no effects left to be carried out. */
  async settled(requestId: string): Promise<ApprovalRequest> {
    return this.until(`${requestId} without effects`, async () => {
      const request = await this.request(requestId).catch(() => undefined);
      return request && request.effects.length === 0 ? request : undefined;
    });
  }

  /** Waits until an execution has ended. */
  async ended(executionArn: string): Promise<any> {
    return this.until(`end of ${executionArn}`, async () => {
      const execution = await this.call('states', 'DescribeExecution', { executionArn });
      return execution.status === 'RUNNING' ? undefined : execution;
    });
  }

  /** Waits until no function runs, and what they logged is written. */
  async idle(): Promise<void> {
    const lambda = this.embedded.gateway.registered.find(({ name }) => name === 'lambda') as LambdaService;
    await lambda.whenIdle();
    await lambda.flushLogs();
  }

  /** Goes forward in time while no function runs. */
  async leap(durationMs: number): Promise<void> {
    await this.idle();
    this.clock.leap(durationMs);
  }

  /** Asks again and again, between other work of this process, until there is an answer. */
  async until<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
      const found = await probe();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => setImmediate(resolve));
      await this.page('/nowhere');
    }
    throw new Error(`There is no ${what} after ${PATIENCE_MS / 1000} s. Warnings: ${this.warnings.join('\n')}`);
  }

  private async item(Key: object): Promise<any> {
    const TableName = this.outputs.ApprovalsTableName;
    return (await this.call('dynamodb', 'GetItem', { TableName, Key, ConsistentRead: true })).Item;
  }
}

/** The link and code in a mail's text, if it has any. */
export function invitationIn(text: string): Invitation | undefined {
  const found = /^(https?:\/\/\S+\/a\/([\w-]{32}))$/m.exec(text);
  const code = /^Your code: (\d{3}) (\d{3})$/m.exec(text);
  return found && code ? { url: found[1]!, linkId: found[2]!, code: `${code[1]}${code[2]}` } : undefined;
}

/** The hash that a page's form sends back. */
export function payloadHashIn(page: string): string {
  const found = /name="payloadHash" value="([^"]+)"/.exec(page);
  if (!found) throw new Error('The page has no form to decide with.');
  return found[1]!;
}
