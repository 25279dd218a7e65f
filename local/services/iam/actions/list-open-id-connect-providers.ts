import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import type { IamStore } from '../store';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html */
export function listOpenIdConnectProviders(_host: Host, store: IamStore): Action {
  return {
    access: () => [{ action: 'iam:ListOpenIDConnectProviders', resource: '*' }],
    handle: () => ({ OpenIDConnectProviderList: store.allOidcProviders().map(({ arn }) => ({ Arn: arn })) }),
  };
}
