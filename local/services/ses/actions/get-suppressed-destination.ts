import { describeSuppression, existingSuppression } from '../describe-suppression';
import { type ActionFactory, anyAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetSuppressedDestination.html */
export const getSuppressedDestination: ActionFactory = ({ store }) => ({
  access: anyAccess('GetSuppressedDestination'),
  handle: ({ EmailAddress }) => ({
    SuppressedDestination: describeSuppression(existingSuppression(store, EmailAddress)),
  }),
});
