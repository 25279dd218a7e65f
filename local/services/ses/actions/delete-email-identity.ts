import { type ActionFactory, resourceAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteEmailIdentity.html */
export const deleteEmailIdentity: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'DeleteEmailIdentity', 'identity', 'EmailIdentity'),
  handle({ EmailIdentity }) {
    parts.store.deleteIdentity(parts.store.identity(EmailIdentity).name);
    return {};
  },
});
