import type { Host } from '../../../wire/host';
import type { ResourceContext } from '../../../wire/resource-provider';
import type { RestRoute } from '../../../wire/service';

/** The first part of the path, by the name of the bucket that AWS keeps for answers. */
const BUCKET = 'cloudformation-custom-resource-response';

/** Seconds for which AWS's URLs hold. */
const EXPIRES_SECONDS = 7199;

/** Where answers arrive: a PUT to a pre-signed URL, as to S3 on AWS. */
export const RESPONSE_ROUTE: RestRoute = {
  method: 'PUT',
  path: `/${BUCKET}/{Key+}`,
  action: 'PutCustomResourceResponse',
  read: ({ query, body }) => ({ Signature: query.get('X-Amz-Signature') ?? '', Body: body }),
  write: () => ({ statusCode: 200 }),
};

/** The URL that a function puts its answer to; `secret` lets it in. */
export function responseUrl(
  host: Host,
  { stackId, logicalId, region }: Pick<ResourceContext, 'stackId' | 'logicalId' | 'region'>,
  requestId: string,
  secret: string,
): string {
  const date = new Date(host.kernel.clock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': date,
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Expires': String(EXPIRES_SECONDS),
    'X-Amz-Credential': `CUSTOMRESOURCE/${date.slice(0, 8)}/${region}/cloudformation/aws4_request`,
    'X-Amz-Signature': secret,
  });
  const key = encodeURIComponent(`${stackId}|${logicalId}|${requestId}`);
  return `${host.endpoint()}/${BUCKET}/${key}?${query}`;
}
