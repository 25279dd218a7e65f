import type { Action } from '../../../wire/service';
import type { ApiGateway } from '../api-gateway';
import { describeApi } from '../describe-api';
import { page } from '../page';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html#GetApis */
export function getApis(gateway: ApiGateway): Action {
  return {
    access: () => gateway.readAccess('/apis'),
    handle: (input) => page(gateway.store.all().map(describeApi), input),
  };
}
