import { alreadyExists, badRequest } from '../faults';
import type { ConfigurationSet, SuppressionReason } from '../model';
import { type ActionFactory, resourceAccess, type SesParts } from '../ses-parts';

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** What of a configuration set has an effect here. */
export interface ConfigurationSetOptions {
  readonly SendingOptions?: { readonly SendingEnabled?: boolean };
  readonly SuppressionOptions?: { readonly SuppressedReasons?: readonly SuppressionReason[] };
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSet.html */
export const createConfigurationSet: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'CreateConfigurationSet', 'configuration-set', 'ConfigurationSetName'),
  handle({ ConfigurationSetName, ...options }) {
    addConfigurationSet(parts, ConfigurationSetName, options);
    return {};
  },
});

/** Throws BadRequestException, AlreadyExistsException. */
export function addConfigurationSet(
  { store }: SesParts,
  name: unknown,
  options: ConfigurationSetOptions,
): ConfigurationSet {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw badRequest(`A configuration set's name takes 1 to 64 letters, numbers, underscores and dashes: ${name}`);
  }
  if (store.findConfigurationSet(name)) throw alreadyExists(`Configuration set ${name} already exists.`);
  const set: ConfigurationSet = { name, ...settingsOf(options), destinations: new Map() };
  store.putConfigurationSet(set);
  return set;
}

/** The settings that the options stand for, defaults filled in. */
export function settingsOf({ SendingOptions, SuppressionOptions }: ConfigurationSetOptions) {
  return {
    isSendingEnabled: SendingOptions?.SendingEnabled ?? true,
    suppressedReasons: SuppressionOptions?.SuppressedReasons,
  };
}
