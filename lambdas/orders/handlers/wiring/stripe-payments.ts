import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import Stripe from 'stripe';
import { clientSettings } from '../../../shared/aws/client-settings';
import { createSecretValue } from '../../../shared/aws/secret-value';
import { systemClock } from '../../../shared/clock';
import { optionalVariable, requireVariable } from '../../../shared/environment';
import { PaymentReferences } from '../../adapters/payment-references';
import { createStripePaymentProvider } from '../../adapters/stripe-payment-provider';
import { dynamoClient } from './dynamo-client';

/** Stripe answers within a second or two; a longer wait is one for an answer that is lost. */
const STRIPE_TIMEOUT_MS = 5_000;

/** Stripe, with the key that the secret STRIPE_SECRET_ARN holds and the payment method STRIPE_PAYMENT_METHOD. */
export const stripePayments = () => {
  const apiKey = createSecretValue(
    new SecretsManagerClient(clientSettings()),
    requireVariable('STRIPE_SECRET_ARN'),
    'apiKey',
  );
  let client: Stripe | undefined;
  return createStripePaymentProvider({
    stripe: async () => {
      // The workflow retries, so the package does not (but once when a connection breaks): two that retry multiply.
      client ??= new Stripe(await apiKey(), { maxNetworkRetries: 0, timeout: STRIPE_TIMEOUT_MS, telemetry: false });
      return client;
    },
    references: new PaymentReferences({
      client: dynamoClient,
      tableName: requireVariable('IDEMPOTENCY_TABLE'),
      clock: systemClock,
    }),
    paymentMethod: optionalVariable('STRIPE_PAYMENT_METHOD') ?? 'pm_card_visa',
  });
};
