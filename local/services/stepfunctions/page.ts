import { createHmac } from 'node:crypto';
import { invalidToken } from './faults';

const DEFAULT_SIZE = 100;

/** One page of a list, and the token of the next. */
export interface Page<T> {
  readonly items: T[];
  readonly nextToken?: string;
}

/** What list actions have in common. */
export interface PageRequest {
  readonly maxResults?: number | null;
  readonly nextToken?: string | null;
}

/**
 * Cuts pages out of lists that only grow at their end. Tokens hold a position in the list, so that what is added
 * meanwhile neither repeats nor skips an item; they are opaque, belong to one list, and any other is InvalidToken.
 */
export class Pager {
  constructor(private readonly secret: Buffer) {}

  /** From the oldest item on. */
  forwards<T>(list: readonly T[], request: PageRequest, scope: string): Page<T> {
    const begin = request.nextToken ? this.read(request.nextToken, scope) : 0;
    const end = begin + (request.maxResults || DEFAULT_SIZE);
    const items = list.slice(begin, end);
    return end < list.length ? { items, nextToken: this.make(end, scope) } : { items };
  }

  /** From the newest item back; `select` gives undefined for an item that is left out. */
  backwards<T, R>(
    list: readonly T[],
    request: PageRequest,
    scope: string,
    select: (item: T) => R | undefined,
  ): Page<R> {
    const size = request.maxResults || DEFAULT_SIZE;
    const items: R[] = [];
    let position = request.nextToken ? this.read(request.nextToken, scope) : list.length - 1;
    for (; position >= 0; position--) {
      const item = select(list[position]!);
      if (item === undefined) continue;
      if (items.length === size) return { items, nextToken: this.make(position, scope) };
      items.push(item);
    }
    return { items };
  }

  private make(position: number, scope: string): string {
    const payload = String(position);
    return Buffer.concat([this.sign(payload, scope), Buffer.from(payload)]).toString('base64');
  }

  private read(token: string, scope: string): number {
    const bytes = Buffer.from(token, 'base64');
    const payload = bytes.subarray(32).toString();
    if (bytes.length <= 32 || !this.sign(payload, scope).equals(bytes.subarray(0, 32))) throw invalidToken();
    return Number(payload);
  }

  private sign(payload: string, scope: string): Buffer {
    return createHmac('sha256', this.secret).update(`${scope}\n${payload}`).digest();
  }
}
