import type { JsonWebKey } from 'node:crypto';
import type { Clock } from '../../../kernel/clock';

/** API Gateway keeps keys for two hours. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
const KEPT_MS = 2 * 60 * 60_000;
/** An unknown `kid` asks again, but not more often than this: keys may have been rotated. */
const PAUSE_MS = 60_000;
const TIMEOUT_MS = 1_500;

type Key = JsonWebKey & { kid?: string };

interface KeySet {
  readonly fetchedAtMs: number;
  readonly keys: Promise<readonly Key[]>;
}

/** The public keys of issuers, found by OpenID discovery and kept. */
export class SigningKeys {
  private readonly byIssuer = new Map<string, KeySet>();

  constructor(private readonly clock: Clock) {}

  /** The key of that id; undefined when the issuer has none. Rejects when the issuer cannot be asked. */
  async find(issuer: string, kid: string): Promise<Key | undefined> {
    const kept = this.byIssuer.get(issuer);
    const ageMs = kept ? this.clock.now() - kept.fetchedAtMs : Number.POSITIVE_INFINITY;
    if (kept && ageMs < KEPT_MS) {
      const found = await keyOf(kept, kid);
      if (found || ageMs < PAUSE_MS) return found;
    }
    const fresh: KeySet = { fetchedAtMs: this.clock.now(), keys: fetchKeys(issuer) };
    this.byIssuer.set(issuer, fresh);
    try {
      return await keyOf(fresh, kid);
    } catch (error) {
      if (this.byIssuer.get(issuer) === fresh) this.byIssuer.delete(issuer);
      throw error;
    }
  }
}

async function keyOf(set: KeySet, kid: string): Promise<Key | undefined> {
  return (await set.keys).find((key) => key.kid === kid);
}

async function fetchKeys(issuer: string): Promise<readonly Key[]> {
  const discovery = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { keys } = await fetchJson(String(discovery.jwks_uri));
  if (!Array.isArray(keys)) throw new Error(`the issuer ${issuer} has no key set`);
  return keys;
}

async function fetchJson(url: string): Promise<any> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}
