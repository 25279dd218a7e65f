import type { Identity } from './model';

/** Easy DKIM as it stands once its records are in the DNS; addresses have none of their own. */
export function describeDkim({ type, dkimTokens }: Identity) {
  if (type === 'EMAIL_ADDRESS') return { SigningEnabled: false, Status: 'NOT_STARTED' };
  return {
    SigningEnabled: true,
    Status: 'SUCCESS',
    Tokens: dkimTokens,
    SigningAttributesOrigin: 'AWS_SES',
    CurrentSigningKeyLength: 'RSA_2048_BIT',
    NextSigningKeyLength: 'RSA_2048_BIT',
  };
}
