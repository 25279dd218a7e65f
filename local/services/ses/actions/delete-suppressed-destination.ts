import { existingSuppression } from '../describe-suppression';
import { type ActionFactory, anyAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteSuppressedDestination.html */
export const deleteSuppressedDestination: ActionFactory = ({ store }) => ({
  access: anyAccess('DeleteSuppressedDestination'),
  handle({ EmailAddress }) {
    store.unsuppress(existingSuppression(store, EmailAddress).address);
    return {};
  },
});
