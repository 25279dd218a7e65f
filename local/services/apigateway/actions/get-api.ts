import type { Action } from '../../../wire/service';
import type { ApiGateway } from '../api-gateway';
import { describeApi } from '../describe-api';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html#GetApi */
export function getApi(gateway: ApiGateway): Action<{ ApiId: string }> {
  return {
    access: ({ ApiId }) => gateway.readAccess(`/apis/${ApiId}`),
    handle: ({ ApiId }) => describeApi(gateway.known(ApiId)),
  };
}
