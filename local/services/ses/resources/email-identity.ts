import type { ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { addIdentity } from '../actions/create-email-identity';
import type { Identity } from '../model';
import type { SesParts } from '../ses-parts';

interface IdentityProperties {
  readonly EmailIdentity: string;
  readonly ConfigurationSetAttributes?: { readonly ConfigurationSetName?: string };
}

const NO_DNS = { inert: 'there is no DNS: an identity is verified as soon as it exists' } as const;

/** `AWS::SES::EmailIdentity`: Ref is the identity; attributes are the three DKIM records. */
export function emailIdentityResource(parts: SesParts): ResourceProvider<IdentityProperties> {
  return {
    type: 'AWS::SES::EmailIdentity',
    properties: {
      EmailIdentity: 'emulated',
      ConfigurationSetAttributes: { members: { ConfigurationSetName: 'emulated' } },
      DkimAttributes: NO_DNS,
      DkimSigningAttributes: NO_DNS,
      MailFromAttributes: NO_DNS,
      FeedbackAttributes: { inert: 'bounces are not forwarded by mail' },
      Tags: { inert: 'tags of identities are read by nothing here' },
    },
    create: (properties) => {
      const set = properties.ConfigurationSetAttributes?.ConfigurationSetName;
      return resultOf(addIdentity(parts, properties.EmailIdentity, set));
    },
    update: (physicalId, properties) => {
      const set = properties.ConfigurationSetAttributes?.ConfigurationSetName;
      if (properties.EmailIdentity !== physicalId) return resultOf(addIdentity(parts, properties.EmailIdentity, set));
      const identity = parts.store.identity(physicalId);
      if (set !== undefined) parts.store.configurationSet(set);
      parts.store.setDefaultConfigurationSet(identity, set);
      return resultOf(identity);
    },
    delete: (physicalId) => parts.store.deleteIdentity(physicalId),
  };
}

function resultOf({ name, dkimTokens }: Identity): ResourceResult {
  const records = dkimTokens.flatMap((token, index) => [
    [`DkimDNSTokenName${index + 1}`, `${token}._domainkey.${name}`],
    [`DkimDNSTokenValue${index + 1}`, `${token}.dkim.amazonses.com`],
  ]);
  return { physicalId: name, attributes: Object.fromEntries(records) };
}
