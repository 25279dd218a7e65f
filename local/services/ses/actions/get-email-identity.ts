import { describeDkim } from '../describe-identity';
import { type ActionFactory, resourceAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html */
export const getEmailIdentity: ActionFactory = (parts) => ({
  access: resourceAccess(parts, 'GetEmailIdentity', 'identity', 'EmailIdentity'),
  handle({ EmailIdentity }) {
    const identity = parts.store.identity(EmailIdentity);
    return {
      IdentityType: identity.type,
      FeedbackForwardingStatus: true,
      VerifiedForSendingStatus: true,
      VerificationStatus: 'SUCCESS',
      DkimAttributes: describeDkim(identity),
      MailFromAttributes: { BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
      Policies: {},
      Tags: [],
      ConfigurationSetName: identity.configurationSetName,
    };
  },
});
