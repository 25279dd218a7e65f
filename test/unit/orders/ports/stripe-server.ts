import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A PaymentIntent as the server keeps it. */
interface Intent {
  readonly id: string;
  readonly params: Record<string, string>;
  status: 'requires_confirmation' | 'requires_payment_method' | 'succeeded' | 'canceled' | 'processing';
  isRefunded: boolean;
  readonly created: number;
}

/** How the next request to a path that contains `path` misbehaves. */
export interface StripeMisbehaviour {
  readonly path: string;
  readonly kind: 'card_declined' | 'rate_limit' | 'server_error' | 'lose_answer' | 'invalid_key';
}

/**
 * Plays the part of Stripe that the adapter uses, on a free port: PaymentIntents, refunds and idempotency keys, with the states
 * and error codes of https://docs.stripe.com/payments/paymentintents/lifecycle and https://docs.stripe.com/error-codes.
 */
export class StripeServer {
  readonly intents = new Map<string, Intent>();
  readonly requests: string[] = [];
  readonly misbehaviours: StripeMisbehaviour[] = [];
  /** Seconds since the Unix epoch that intents are created at. */
  now = 1_000;
  captures = 0;
  refunds = 0;
  /** Runs before a request is carried out. */
  before?: (path: string) => Promise<void> | void;
  private readonly answers = new Map<string, [number, object]>();
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const [path = '', query = ''] = request.url!.split('?');
    this.requests.push(`${request.method} ${path}`);
    await this.before?.(path);

    const misbehaviour = this.misbehaviours.findIndex((one) => path.includes(one.path));
    const kind = misbehaviour >= 0 ? this.misbehaviours.splice(misbehaviour, 1)[0]!.kind : undefined;
    if (kind && kind !== 'lose_answer') return respond(response, ...failure(kind));

    const key = request.headers['idempotency-key'] as string | undefined;
    const kept = key && this.answers.get(key);
    const answer = kept || this.carryOut(request.method!, path, Object.fromEntries(new URLSearchParams(body || query)));
    if (key) this.answers.set(key, answer);
    if (kind === 'lose_answer') return void request.socket.destroy();
    respond(response, ...answer);
  }

  private carryOut(method: string, path: string, params: Record<string, string>): [number, object] {
    const [, , resource, id, act] = path.split('/');
    if (resource === 'refunds') return this.refund(params.payment_intent!);
    if (method === 'GET' && !id) return [200, this.list(params)];
    if (method === 'POST' && !id) {
      const intent: Intent = {
        id: `pi_${this.intents.size + 1}`,
        params,
        status: 'requires_confirmation',
        isRefunded: false,
        created: this.now,
      };
      this.intents.set(intent.id, intent);
      return [200, rendered(intent)];
    }
    const intent = this.intents.get(id!);
    if (!intent) return [404, { error: { type: 'invalid_request_error', code: 'resource_missing', message: 'none' } }];
    if (act === 'confirm' || act === 'cancel') {
      if (intent.status !== 'requires_confirmation' && intent.status !== 'requires_payment_method')
        return unexpected(intent);
      if (act === 'confirm') this.captures++;
      intent.status = act === 'confirm' ? 'succeeded' : 'canceled';
    }
    return [200, rendered(intent)];
  }

  /** https://docs.stripe.com/api/payment_intents/list and its pages, the latest first, two at once. */
  private list(params: Record<string, string>): object {
    const from = Number(params['created[gte]']);
    const until = Number(params['created[lt]']);
    const found = [...this.intents.values()].filter(({ created }) => from <= created && created < until).reverse();
    const first = found.findIndex(({ id }) => id === params.starting_after) + 1;
    const data = found.slice(first, first + 2);
    return { object: 'list', data: data.map(rendered), has_more: found.length > first + 2 };
  }

  private refund(id: string): [number, object] {
    const intent = this.intents.get(id)!;
    if (intent.status !== 'succeeded') return unexpected(intent);
    if (intent.isRefunded) {
      const error = { type: 'invalid_request_error', code: 'charge_already_refunded', message: 'already refunded' };
      return [400, { error }];
    }
    intent.isRefunded = true;
    this.refunds++;
    return [200, { id: `re_${this.refunds}`, object: 'refund', status: 'succeeded' }];
  }
}

function rendered({ id, status, isRefunded, params, created }: Intent): object {
  const latest_charge = status === 'succeeded' ? { id: `ch_${id}`, object: 'charge', refunded: isRefunded } : null;
  const metadata = { orderId: params['metadata[orderId]'], ledger: params['metadata[ledger]'] };
  const amount = Number(params.amount);
  const amounts = { amount, amount_received: status === 'succeeded' ? amount : 0, currency: params.currency };
  return { id, object: 'payment_intent', status, latest_charge, created, metadata, ...amounts };
}

function unexpected({ status }: Intent): [number, object] {
  const error = { type: 'invalid_request_error', code: 'payment_intent_unexpected_state', message: `it is ${status}` };
  return [400, { error }];
}

function failure(kind: StripeMisbehaviour['kind']): [number, object] {
  switch (kind) {
    case 'card_declined':
      return [402, { error: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' } }];
    case 'rate_limit':
      return [429, { error: { type: 'rate_limit_error', code: 'rate_limit', message: 'Slow down.' } }];
    case 'invalid_key':
      return [401, { error: { type: 'invalid_request_error', message: 'Invalid API Key.' } }];
    default:
      return [500, { error: { type: 'api_error', message: 'Stripe is unwell.' } }];
  }
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1' });
  response.end(JSON.stringify(body));
}
