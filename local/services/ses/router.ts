import type { Host } from '../../wire/host';
import type { Action, Service } from '../../wire/service';
import { createConfigurationSet } from './actions/create-configuration-set';
import { createConfigurationSetEventDestination } from './actions/create-configuration-set-event-destination';
import { createEmailIdentity } from './actions/create-email-identity';
import { createEmailTemplate } from './actions/create-email-template';
import { deleteConfigurationSet } from './actions/delete-configuration-set';
import { deleteConfigurationSetEventDestination } from './actions/delete-configuration-set-event-destination';
import { deleteEmailIdentity } from './actions/delete-email-identity';
import { deleteEmailTemplate } from './actions/delete-email-template';
import { deleteSuppressedDestination } from './actions/delete-suppressed-destination';
import { getAccount } from './actions/get-account';
import { getConfigurationSet } from './actions/get-configuration-set';
import { getConfigurationSetEventDestinations } from './actions/get-configuration-set-event-destinations';
import { getEmailIdentity } from './actions/get-email-identity';
import { getEmailTemplate } from './actions/get-email-template';
import { getSuppressedDestination } from './actions/get-suppressed-destination';
import { listConfigurationSets } from './actions/list-configuration-sets';
import { listEmailIdentities } from './actions/list-email-identities';
import { listEmailTemplates } from './actions/list-email-templates';
import { listSuppressedDestinations } from './actions/list-suppressed-destinations';
import { putEmailIdentityConfigurationSetAttributes } from './actions/put-email-identity-configuration-set-attributes';
import { putSuppressedDestination } from './actions/put-suppressed-destination';
import { sendBulkEmail } from './actions/send-bulk-email';
import { sendEmail } from './actions/send-email';
import { updateConfigurationSetEventDestination } from './actions/update-configuration-set-event-destination';
import { updateEmailTemplate } from './actions/update-email-template';
import { EventPublisher } from './delivery/event-publisher';
import { Inbox } from './inbox/inbox';
import { answerInbox } from './inbox/inbox-pages';
import { sesResources } from './resources';
import { sesRoutes } from './routes';
import type { ActionFactory, SesParts } from './ses-parts';
import { SesStore } from './store';

const ACTIONS: Record<string, ActionFactory> = {
  CreateConfigurationSetEventDestination: createConfigurationSetEventDestination,
  CreateConfigurationSet: createConfigurationSet,
  CreateEmailIdentity: createEmailIdentity,
  CreateEmailTemplate: createEmailTemplate,
  DeleteConfigurationSetEventDestination: deleteConfigurationSetEventDestination,
  DeleteConfigurationSet: deleteConfigurationSet,
  DeleteEmailIdentity: deleteEmailIdentity,
  DeleteEmailTemplate: deleteEmailTemplate,
  DeleteSuppressedDestination: deleteSuppressedDestination,
  GetAccount: getAccount,
  GetConfigurationSetEventDestinations: getConfigurationSetEventDestinations,
  GetConfigurationSet: getConfigurationSet,
  GetEmailIdentity: getEmailIdentity,
  GetEmailTemplate: getEmailTemplate,
  GetSuppressedDestination: getSuppressedDestination,
  ListConfigurationSets: listConfigurationSets,
  ListEmailIdentities: listEmailIdentities,
  ListEmailTemplates: listEmailTemplates,
  ListSuppressedDestinations: listSuppressedDestinations,
  PutEmailIdentityConfigurationSetAttributes: putEmailIdentityConfigurationSetAttributes,
  PutSuppressedDestination: putSuppressedDestination,
  SendBulkEmail: sendBulkEmail,
  SendEmail: sendEmail,
  UpdateConfigurationSetEventDestination: updateConfigurationSetEventDestination,
  UpdateEmailTemplate: updateEmailTemplate,
};

/** Makes the embedded SES v2, with its inbox at `/inbox`. */
export function createSesService(host: Host): Service {
  const inbox = new Inbox(host.journal);
  const parts: SesParts = { host, store: new SesStore(host.journal), inbox, events: new EventPublisher(host) };
  const actions: Record<string, Action> = {};
  for (const [name, factory] of Object.entries(ACTIONS)) actions[name] = factory(parts);
  return {
    name: 'ses',
    protocols: [{ kind: 'rest-json', routes: sesRoutes }],
    actions,
    resources: sesResources(parts),
    pages: { path: '/inbox', answer: (request) => answerInbox(inbox, request) },
  };
}
