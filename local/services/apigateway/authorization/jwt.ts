import { createPublicKey, verify } from 'node:crypto';
import type { Clock } from '../../../kernel/clock';
import { forbidden, unauthorized } from '../api-response';
import type { JwtAuthorizer, Route } from '../model';
import type { Authorization, Exchange } from '../request-context';
import type { SigningKeys } from './signing-keys';

/** API Gateway takes RSA signatures only. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
const DIGESTS: Record<string, string> = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' };

/** Route authorization `JWT`. Throws the refusal 401 for a token that is not taken, 403 for one without the scopes. */
export async function authorizeJwt(
  clock: Clock,
  keys: SigningKeys,
  authorizer: JwtAuthorizer,
  route: Route,
  exchange: Exchange,
): Promise<Authorization> {
  const token = findToken(authorizer.identitySource, exchange);
  if (!token) throw unauthorized('Bearer');
  const claims = await verifiedClaims(keys, authorizer, token);
  checkClaims(claims, authorizer, Math.floor(clock.now() / 1000));
  const scopes = scopesOf(claims);
  if (route.scopes.length > 0 && !route.scopes.some((scope) => scopes.includes(scope))) {
    throw forbidden('insufficient_scope');
  }
  const texts = Object.entries(claims).map(([name, value]) => [name, claimText(value)]);
  return { jwt: { claims: Object.fromEntries(texts), scopes: route.scopes.length > 0 ? [...route.scopes] : null } };
}

function findToken(identitySource: string, { request }: Exchange): string | undefined {
  const [, place, name] = /^\$request\.(header|querystring)\.(.+)$/.exec(identitySource) ?? [];
  const found =
    place === 'header'
      ? request.headers[name!.toLowerCase()]
      : (new URLSearchParams(request.rawQuery).get(name ?? '') ?? undefined);
  return found?.replace(/^Bearer\s+/i, '');
}

function invalid(description: string) {
  return unauthorized(`Bearer scope="" error="invalid_token" error_description="${description}"`);
}

async function verifiedClaims(
  keys: SigningKeys,
  authorizer: JwtAuthorizer,
  token: string,
): Promise<Record<string, unknown>> {
  const parts = token.split('.');
  const [header, claims] = parts.slice(0, 2).map(decode);
  if (parts.length !== 3 || !header || !claims) throw invalid('the token is malformed');
  const digest = Object.hasOwn(DIGESTS, String(header.alg)) ? DIGESTS[String(header.alg)] : undefined;
  if (!digest) throw invalid('signing method is invalid');
  const jwk = await keys.find(authorizer.issuer, String(header.kid)).catch(() => {
    throw invalid('OIDC discovery failed');
  });
  if (jwk?.kty !== 'RSA') throw invalid('key is not found');
  const signed = Buffer.from(parts.slice(0, 2).join('.'));
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  if (!verify(digest, signed, key, Buffer.from(parts[2]!, 'base64url'))) throw invalid('signature is invalid');
  return claims;
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function checkClaims(claims: Record<string, unknown>, authorizer: JwtAuthorizer, nowSeconds: number): void {
  const { iss, aud, client_id, exp, nbf, iat } = claims;
  if (iss !== authorizer.issuer) throw invalid('invalid issuer');
  const audiences = [aud ?? client_id].flat();
  if (!audiences.some((audience) => authorizer.audience.includes(String(audience)))) {
    throw invalid('the token does not have a valid audience');
  }
  if (typeof exp !== 'number' || exp <= nowSeconds) throw invalid('the token has expired');
  if (nbf !== undefined && !(Number(nbf) <= nowSeconds)) throw invalid('the token is not valid yet');
  if (iat !== undefined && !(Number(iat) <= nowSeconds)) throw invalid('the token was issued in the future');
}

function scopesOf(claims: Record<string, unknown>): string[] {
  const scopes = claims.scope ?? claims.scp;
  return Array.isArray(scopes) ? scopes.map(String) : String(scopes ?? '').split(' ');
}

/** All claims reach the function as text, lists in brackets. */
function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(' ')}]`;
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
}
