import type { Host } from '../../wire/host';
import type { ResourceProvider } from '../../wire/resource-provider';
import { inlinePolicyResource } from './resources/inline-policy';
import { managedPolicyResource } from './resources/managed-policy';
import { oidcProviderResource } from './resources/oidc-provider';
import { roleResource } from './resources/role';
import type { IamStore } from './store';

/** The resource types that IAM provides. */
export function iamResources(host: Host, store: IamStore): ResourceProvider[] {
  return [
    roleResource(host, store),
    inlinePolicyResource(store),
    managedPolicyResource(host, store),
    oidcProviderResource(host, store),
  ];
}
