import { PAGE_STYLE_SOURCE } from './page-style';

/**
 * The headers of every answer. Nothing is loaded or run but the page's own style, nothing frames it, nothing keeps it,
 * and no other site learns its address. `no-referrer` also makes browsers send `Origin: null` with the page's own
 * forms: https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src ${PAGE_STYLE_SOURCE}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'permissions-policy':
    'accelerometer=(), camera=(), clipboard-read=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
