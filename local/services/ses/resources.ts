import type { ResourceProvider } from '../../wire/resource-provider';
import { configurationSetResource } from './resources/configuration-set';
import { emailIdentityResource } from './resources/email-identity';
import { eventDestinationResource } from './resources/event-destination';
import { templateResource } from './resources/template';
import type { SesParts } from './ses-parts';

/** What CloudFormation creates in SES. */
export function sesResources(parts: SesParts): ResourceProvider[] {
  return [
    emailIdentityResource(parts),
    configurationSetResource(parts),
    eventDestinationResource(parts),
    templateResource(parts),
  ];
}
