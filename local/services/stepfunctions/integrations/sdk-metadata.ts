import type { Json } from '../../../engine/contract';

/** What an optimized integration adds to a service's answer: how the HTTP exchange went. */
export function sdkMetadata(
  requestId: string,
  nowMs: number,
  body: string,
  contentType: string,
  extra: Readonly<Record<string, string>> = {},
): { SdkHttpMetadata: Json; SdkResponseMetadata: Json } {
  const headers: Record<string, string> = {
    ...extra,
    Connection: 'keep-alive',
    'x-amzn-RequestId': requestId,
    'Content-Length': String(Buffer.byteLength(body)),
    Date: new Date(nowMs).toUTCString(),
    'Content-Type': contentType,
  };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
