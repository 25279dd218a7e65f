import type { Random } from '../../../local/kernel/random';
import type { RawRequest } from '../../support/approvals/raw-request';

const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2) SafeLinks',
  'Mozilla/5.0 (compatible; Barracuda Sentinel)',
  'Mozilla/5.0 (compatible; proofpoint-urldefense)',
  'Mimecast URL Protect',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'WhatsApp/2.24',
  'facebookexternalhit/1.1',
  'curl/8.9.1',
  '',
];

/** What scanners, previews and prefetching browsers add. */
const HEADERS: readonly Record<string, string>[] = [
  {},
  { purpose: 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender' },
  { 'x-moz': 'prefetch' },
  { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' },
  { 'sec-fetch-site': 'cross-site', origin: 'https://mail.example' },
  { range: 'bytes=0-0' },
  { range: 'bytes=5-1,-1' },
  { 'if-none-match': '*', 'if-modified-since': 'Thu, 01 Jan 2099 00:00:00 GMT' },
  { 'x-http-method-override': 'POST' },
  { cookie: 'act=decide; decision=approve; code=000000' },
  { referer: 'https://mail.example/inbox' },
  { 'accept-encoding': 'br, gzip' },
];

const ACCEPTS = ['*/*', 'text/html', 'image/avif,*/*;q=0', 'application/json', 'text/x-nothing', 'en-US', ';;;,,q='];

const QUERIES = [
  '',
  '?utm_source=mail',
  '?act=decide&decision=approve',
  '?act=decide&decision=approve&code=000000',
  '?_method=POST',
  '?x=%00',
];

/** A request that looks: GET, HEAD, or one after the other. */
export function look(path: string, random: Random): { path: string; request: RawRequest } {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random.next() * choices.length)]!;
  const headers = { 'user-agent': pick(AGENTS), accept: pick(ACCEPTS), ...pick(HEADERS) };
  return { path: `${path}${pick(QUERIES)}`, request: { method: pick(['GET', 'GET', 'HEAD']), headers } };
}

/** What a scanner writes into a field of which it knows nothing. */
const FILLERS = ['', ' ', 'test', 'a@b.example', '12345', '1234567', 'on', 'Lorem ipsum', '١٢٣٤٥٦', '0x123456', '1e5'];

/** The page's form as it stands, with choices made and texts filled in as a scanner would, and fields left out. */
export function submitted(path: string, payloadHash: string, random: Random): { path: string; request: RawRequest } {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random.next() * choices.length)]!;
  const whole: Record<string, string> = {
    act: pick(['decide', 'decide', 'delegate', 'revoke']),
    payloadHash,
    decision: pick(['approve', 'reject']),
    reason: pick(FILLERS),
    to: pick(FILLERS),
    code: pick(FILLERS),
  };
  const kept = Object.entries(whole).filter(() => random.next() < 0.8);
  const body = new URLSearchParams(kept).toString();
  const headers = {
    'user-agent': pick(AGENTS),
    'content-type': 'application/x-www-form-urlencoded',
    ...pick<Record<string, string>>([
      {},
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'same-origin' },
    ]),
  };
  return { path, request: { method: 'POST', headers, body } };
}
