import { isDeepStrictEqual } from 'node:util';
import { conflict } from './faults';

/** How long a token is known. AWS does not say; retries of a client come within minutes. */
const KNOWN_MS = 8 * 3_600_000;

interface Answered {
  readonly atMs: number;
  readonly request: object;
  readonly output: object;
}

/** Answers a request that comes again under its client token as it was answered the first time. */
export class ClientTokens {
  private readonly answered = new Map<string, Answered>();

  /** Throws ConflictException when another request used the token. */
  once<Output extends object>(
    action: string,
    { ClientToken: token, ...request }: { readonly ClientToken?: string },
    nowMs: number,
    perform: () => Output,
  ): Output {
    if (token === undefined) return perform();
    this.forgetBefore(nowMs - KNOWN_MS);
    const key = `${action} ${token}`;
    const before = this.answered.get(key);
    if (before) {
      if (isDeepStrictEqual(before.request, request)) return before.output as Output;
      throw conflict(`The client token ${token} was used with another request.`);
    }
    const output = perform();
    this.answered.set(key, { atMs: nowMs, request, output });
    return output;
  }

  /** The oldest come first. */
  private forgetBefore(ms: number): void {
    for (const [key, { atMs }] of this.answered) {
      if (atMs >= ms) return;
      this.answered.delete(key);
    }
  }
}
