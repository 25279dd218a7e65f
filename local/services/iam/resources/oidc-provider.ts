import type { Host } from '../../../wire/host';
import type { ResourceProvider } from '../../../wire/resource-provider';
import { entityAlreadyExists } from '../faults';
import type { IamStore } from '../store';

interface OidcProviderProperties {
  readonly Url: string;
  readonly ClientIdList?: readonly string[];
  readonly ThumbprintList?: readonly string[];
}

/**
 * Kept, so that stacks for deployments from CI are accepted; nobody assumes a role by web identity here.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html
 */
export function oidcProviderResource(host: Host, store: IamStore): ResourceProvider<OidcProviderProperties> {
  const put = (arn: string, { Url, ClientIdList = [], ThumbprintList = [] }: OidcProviderProperties) => {
    store.putOidcProvider({ arn, url: Url, clientIds: [...ClientIdList], thumbprints: [...ThumbprintList] });
    return { physicalId: arn, attributes: { Arn: arn } };
  };
  const arnOf = (url: string) => `arn:aws:iam::${host.accountId}:oidc-provider/${url.replace(/^https:\/\//, '')}`;
  const create = (properties: OidcProviderProperties) => {
    const arn = arnOf(properties.Url);
    if (store.oidcProvider(arn)) {
      throw entityAlreadyExists(`Provider with url ${properties.Url} already exists.`);
    }
    return put(arn, properties);
  };
  return {
    type: 'AWS::IAM::OIDCProvider',
    properties: { Url: 'emulated', ClientIdList: 'emulated', ThumbprintList: 'emulated' },
    create,
    update: (arn, properties, previous) =>
      properties.Url === previous.Url ? put(arn, properties) : create(properties),
    delete: (arn) => store.removeOidcProvider(arn),
  };
}
