import type { Browser, BrowserContextOptions } from 'playwright-core';
import { ApprovalStacks, type InboxMail } from '../approvals/approval-stacks';
import { type WatchedContext, watchedContext } from './watched-context';

/** Who approves in the stage that the tests deploy. */
export const APPROVER = 'approver@example.com';

/** More than an order may cost without anybody being asked, in cents. */
const PRICE_CENTS = 250_000;

/** The deployed stacks as their people see them: the inbox, the page, and what becomes of what they wait for. */
export class ApprovalSite {
  private constructor(readonly stacks: ApprovalStacks) {}

  static async open(): Promise<ApprovalSite> {
    return new ApprovalSite(await ApprovalStacks.start());
  }

  close(): Promise<void> {
    return this.stacks.stop();
  }

  get inboxUrl(): string {
    return `${this.stacks.embedded.url}/inbox`;
  }

  /** The origin of the page behind the links. */
  get pageOrigin(): string {
    return new URL(this.stacks.outputs.ApprovalsApiUrl!).origin;
  }

  /** A browser profile that may visit the inbox and the page. */
  visit(browser: Browser, options?: BrowserContextOptions): Promise<WatchedContext> {
    return watchedContext(browser, [new URL(this.inboxUrl).origin, this.pageOrigin], options);
  }

  /** Places an order that somebody has to approve; gives its execution once the approver has mail. */
  async placeOrder(orderId: string): Promise<string> {
    const { orders, call } = { orders: this.stacks.orders, call: this.stacks.call.bind(this.stacks) };
    const counts = { onHand: { N: '5' }, held: { N: '0' }, sold: { N: '0' } };
    const product = {
      sku: { S: orderId },
      name: { S: 'Espresso machine' },
      unitPriceCents: { N: String(PRICE_CENTS) },
    };
    await call('dynamodb', 'PutItem', { TableName: orders.StockTableName, Item: { ...product, ...counts } });
    const Detail = JSON.stringify({ orderId, lines: [{ sku: orderId, quantity: 1 }] });
    const entry = { EventBusName: orders.OrderBusName, Source: 'test.shop', DetailType: 'OrderPlaced', Detail };
    await call('events', 'PutEvents', { Entries: [entry] });
    await this.mailAbout(orderId, 'ask', APPROVER);
    return `${orders.OrdersMachineArn!.replace(':stateMachine:', ':execution:')}:${orderId}`;
  }

  /** Starts the expense machine; gives the execution once the approver has mail. */
  async askForExpense(expenseId: string, requester: object): Promise<string> {
    const expense = { expenseId, amountCents: 48_000, currency: 'EUR', purpose: 'Train to the customer', requester };
    const { executionArn } = await this.stacks.call('states', 'StartExecution', {
      stateMachineArn: this.stacks.outputs.ExpenseMachineArn,
      name: expenseId,
      input: JSON.stringify(expense),
    });
    await this.mailAbout(expenseId, 'ask', APPROVER);
    return executionArn;
  }

  /** Waits for a mail of a kind to somebody whose text holds `words`. */
  mailAbout(words: string, kind: string, person: string): Promise<InboxMail> {
    return this.stacks.until(`mail '${kind}' about ${words} to ${person}`, async () => {
      const mails = await this.stacks.mails();
      return mails.findLast(({ to, tags, text }) => to.includes(person) && tags.kind === kind && text.includes(words));
    });
  }

  /** Waits for the end of an execution: its output, its states in order, and what it cost. */
  async endOf(executionArn: string) {
    const { status, output } = await this.stacks.ended(executionArn);
    const history = { executionArn, maxResults: 1000 };
    const { events } = await this.stacks.call('states', 'GetExecutionHistory', history);
    const path = events
      .filter(({ type }: any) => type.endsWith('StateEntered'))
      .map((event: any) => event.stateEnteredEventDetails.name as string);
    const isLambda = ({ type, taskScheduledEventDetails }: any) =>
      type === 'LambdaFunctionScheduled' || taskScheduledEventDetails?.resourceType === 'lambda';
    return { status, output: JSON.parse(output), path, lambdaCalls: events.filter(isLambda).length };
  }
}
