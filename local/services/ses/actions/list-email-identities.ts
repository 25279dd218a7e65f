import { pageOf } from '../page';
import { type ActionFactory, anyAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListEmailIdentities.html */
export const listEmailIdentities: ActionFactory = ({ store }) => ({
  access: anyAccess('ListEmailIdentities'),
  handle(input) {
    const { page, NextToken } = pageOf(store.allIdentities(), input);
    const EmailIdentities = page.map(({ name, type }) => ({
      IdentityType: type,
      IdentityName: name,
      SendingEnabled: true,
      VerificationStatus: 'SUCCESS',
    }));
    return { EmailIdentities, NextToken };
  },
});
