import type { RestRequest, RestRoute } from '../../wire/service';

const IDENTITIES = '/v2/email/identities';
const TEMPLATES = '/v2/email/templates';
const SETS = '/v2/email/configuration-sets';
const SET = `${SETS}/{ConfigurationSetName}`;
const DESTINATIONS = `${SET}/event-destinations`;
const SUPPRESSED = '/v2/email/suppression/addresses';

/** The REST-JSON routes of SES v2. */
export const sesRoutes: readonly RestRoute[] = [
  { method: 'POST', path: '/v2/email/outbound-emails', action: 'SendEmail' },
  { method: 'POST', path: '/v2/email/outbound-bulk-emails', action: 'SendBulkEmail' },
  { method: 'GET', path: '/v2/email/account', action: 'GetAccount' },
  { method: 'POST', path: IDENTITIES, action: 'CreateEmailIdentity' },
  { method: 'GET', path: `${IDENTITIES}/{EmailIdentity}`, action: 'GetEmailIdentity' },
  { method: 'DELETE', path: `${IDENTITIES}/{EmailIdentity}`, action: 'DeleteEmailIdentity' },
  {
    method: 'PUT',
    path: `${IDENTITIES}/{EmailIdentity}/configuration-set`,
    action: 'PutEmailIdentityConfigurationSetAttributes',
  },
  // Older and newer clients ask for the two lists in different ways.
  { method: 'GET', path: IDENTITIES, action: 'ListEmailIdentities' },
  { method: 'POST', path: '/v2/email/list-identities', action: 'ListEmailIdentities' },
  { method: 'POST', path: TEMPLATES, action: 'CreateEmailTemplate' },
  { method: 'GET', path: TEMPLATES, action: 'ListEmailTemplates' },
  { method: 'GET', path: `${TEMPLATES}/{TemplateName}`, action: 'GetEmailTemplate' },
  { method: 'PUT', path: `${TEMPLATES}/{TemplateName}`, action: 'UpdateEmailTemplate' },
  { method: 'DELETE', path: `${TEMPLATES}/{TemplateName}`, action: 'DeleteEmailTemplate' },
  { method: 'POST', path: SETS, action: 'CreateConfigurationSet' },
  { method: 'GET', path: SETS, action: 'ListConfigurationSets' },
  { method: 'POST', path: '/v2/email/list-configuration-sets', action: 'ListConfigurationSets' },
  { method: 'GET', path: SET, action: 'GetConfigurationSet' },
  { method: 'DELETE', path: SET, action: 'DeleteConfigurationSet' },
  { method: 'POST', path: DESTINATIONS, action: 'CreateConfigurationSetEventDestination' },
  { method: 'GET', path: DESTINATIONS, action: 'GetConfigurationSetEventDestinations' },
  {
    method: 'PUT',
    path: `${DESTINATIONS}/{EventDestinationName}`,
    action: 'UpdateConfigurationSetEventDestination',
  },
  {
    method: 'DELETE',
    path: `${DESTINATIONS}/{EventDestinationName}`,
    action: 'DeleteConfigurationSetEventDestination',
  },
  { method: 'PUT', path: SUPPRESSED, action: 'PutSuppressedDestination' },
  { method: 'GET', path: SUPPRESSED, action: 'ListSuppressedDestinations', read: readSuppressedQuery },
  { method: 'GET', path: `${SUPPRESSED}/{EmailAddress}`, action: 'GetSuppressedDestination' },
  { method: 'DELETE', path: `${SUPPRESSED}/{EmailAddress}`, action: 'DeleteSuppressedDestination' },
];

/** Reasons are repeated in the query, each under the name `Reason`. */
function readSuppressedQuery({ query }: RestRequest): object {
  return { ...Object.fromEntries(query), Reasons: query.getAll('Reason') };
}
