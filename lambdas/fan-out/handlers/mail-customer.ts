import { SESv2Client } from '@aws-sdk/client-sesv2';
import { clientSettings } from '../../shared/aws/client-settings';
import { requireVariable } from '../../shared/environment';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { deliveryFieldsOf } from '../adapters/delivery-fields';
import { createDynamoCustomers } from '../adapters/dynamo-customers';
import { createSesCustomerMailer } from '../adapters/ses-customer-mailer';
import { createMailCustomer } from '../domain/mail-customer';
import { deliverOnce } from './wiring/deliver-once';
import { dynamoClient } from './wiring/dynamo-client';

const observability = powertoolsObservability();

/** The task MailCustomer. */
export const handler = observe(
  observability,
  createMailCustomer({
    deliverOnce: deliverOnce(observability),
    customers: createDynamoCustomers({ client: dynamoClient, tableName: requireVariable('ORDERS_TABLE') }),
    mailer: createSesCustomerMailer({
      // One attempt: a mail that SES took and whose answer was lost would be sent again unseen.
      client: new SESv2Client({ ...clientSettings(), maxAttempts: 1 }),
      sender: requireVariable('SENDER_ADDRESS'),
      configurationSet: requireVariable('CONFIGURATION_SET'),
    }),
  }),
  deliveryFieldsOf,
);
