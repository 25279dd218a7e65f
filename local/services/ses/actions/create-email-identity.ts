import { isAddress, isDomain, parseMailbox } from '../address';
import { describeDkim } from '../describe-identity';
import { alreadyExists, badRequest } from '../faults';
import type { Identity } from '../model';
import { type ActionFactory, resourceAccess, type SesParts, sesArn } from '../ses-parts';

/** Verified at once: there is nobody to click on a link, and no DNS. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailIdentity.html */
export const createEmailIdentity: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'CreateEmailIdentity', 'identity', 'EmailIdentity'),
  handle({ EmailIdentity, ConfigurationSetName }) {
    const identity = addIdentity(parts, EmailIdentity, ConfigurationSetName);
    return { IdentityType: identity.type, VerifiedForSendingStatus: true, DkimAttributes: describeDkim(identity) };
  },
});

/** Throws BadRequestException for what is neither address nor domain, AlreadyExistsException, NotFoundException. */
export function addIdentity(parts: SesParts, name: unknown, configurationSetName?: string): Identity {
  const { store, host } = parts;
  if (typeof name !== 'string' || (!isAddress(name) && !isDomain(name))) {
    throw badRequest(`The email identity ${name} is not an address or a domain.`);
  }
  if (isAddress(name) && parseMailbox(name).address !== name) throw badRequest(`Invalid email address <${name}>.`);
  if (store.findIdentity(name)) throw alreadyExists(`Email identity ${name} already exist.`);
  if (configurationSetName !== undefined) store.configurationSet(configurationSetName);
  const identity: Identity = {
    name,
    arn: sesArn(parts, 'identity', name),
    type: isAddress(name) ? 'EMAIL_ADDRESS' : 'DOMAIN',
    dkimTokens: [1, 2, 3].map(() => host.kernel.random.uuid().replaceAll('-', '')),
    configurationSetName,
  };
  store.putIdentity(identity);
  return identity;
}
