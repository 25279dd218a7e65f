import { parseMailbox } from '../address';
import { readReason } from '../describe-suppression';
import { type ActionFactory, anyAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutSuppressedDestination.html */
export const putSuppressedDestination: ActionFactory = ({ store, host }) => ({
  access: anyAccess('PutSuppressedDestination'),
  handle({ EmailAddress, Reason }) {
    const { address } = parseMailbox(EmailAddress);
    store.suppress({ address, reason: readReason(Reason), updatedAtMs: host.kernel.clock.now() });
    return {};
  },
});
