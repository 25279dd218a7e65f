import { createDynamoBreakerStore } from '../../../../lambdas/fan-out/adapters/dynamo-breaker-store';
import { createDynamoCustomers } from '../../../../lambdas/fan-out/adapters/dynamo-customers';
import { createDynamoDeliveryRecords } from '../../../../lambdas/fan-out/adapters/dynamo-delivery-records';
import { createHttpWebhook } from '../../../../lambdas/fan-out/adapters/http-webhook';
import { createSecretVersions } from '../../../../lambdas/fan-out/adapters/secret-versions';
import { createSesCustomerMailer } from '../../../../lambdas/fan-out/adapters/ses-customer-mailer';
import { createSfnDeliveryStarter } from '../../../../lambdas/fan-out/adapters/sfn-delivery-starter';
import { createSharedBreaker } from '../../../../lambdas/fan-out/domain/breaker/shared-breaker';
import { createCallWebhook } from '../../../../lambdas/fan-out/domain/call-webhook';
import { createCheckDelivery } from '../../../../lambdas/fan-out/domain/check-deliveries';
import { createDeliverOnce } from '../../../../lambdas/fan-out/domain/deliver-once';
import type { DeliveryRecords } from '../../../../lambdas/fan-out/domain/delivery-records';
import { createMailCustomer } from '../../../../lambdas/fan-out/domain/mail-customer';
import { createReplayDelivery } from '../../../../lambdas/fan-out/domain/replay-delivery';
import type { WebhookSecrets } from '../../../../lambdas/fan-out/domain/webhook';
import type { Sender } from '../../../../lambdas/shared/aws/sender';
import type { Clock } from '../../../../lambdas/shared/clock';
import type { Invocation } from '../../../../lambdas/shared/invocation';
import { silentLog } from '../../../../lambdas/shared/observability/log';
import { silentMeter } from '../../../../lambdas/shared/observability/meter';
import { createSqsBatchHandler } from '../../../../lambdas/shared/queue/sqs-batch';
import { createSqsMessageQueue } from '../../../../lambdas/shared/queue/sqs-message-queue';

/** What the functions of one process are made with. */
export interface FunctionParts {
  readonly client: (service: string) => Sender;
  /** SES, whose client tries once. */
  readonly ses: Sender;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly newOwner: () => string;
  readonly machineArn: string;
}

/** What a mutation breaks. */
export interface BrokenParts {
  readonly records?: (records: DeliveryRecords) => DeliveryRecords;
  readonly secrets?: (secrets: WebhookSecrets) => WebhookSecrets;
}

/** A function as Lambda calls it. */
export type FunctionHandler = (event: any, invocation: Invocation) => Promise<unknown>;

/** The URLs of the queues. */
export const QUEUES = { parked: 'https://sqs/parked', checks: 'https://sqs/checks' } as const;

const unobserved = { log: silentLog, meter: silentMeter };
const URL = 'https://receiver.example/hook';

/** The functions by the names that stand in the definition, wired as lambdas/fan-out/handlers wires them. */
export function fanOutFunctions(parts: FunctionParts, broken: BrokenParts): Record<string, () => FunctionHandler> {
  const { client, ses, fetch, clock, newOwner, machineArn } = parts;
  const dynamodb = client('dynamodb');
  const kept = createDynamoDeliveryRecords({
    client: dynamodb,
    deliveriesTable: 'deliveries',
    analyticsTable: 'analytics',
    clock,
    keepSeconds: 86_400,
  });
  const records = broken.records?.(kept) ?? kept;
  const deliverOnce = createDeliverOnce({ records, clock, newOwner, ...unobserved });
  const versions = createSecretVersions({ client: client('secretsmanager'), secretId: 'secret', clock });
  const queue = (url: string) => createSqsMessageQueue(client('sqs'), url);
  return {
    MailCustomer: () =>
      createMailCustomer({
        deliverOnce,
        customers: createDynamoCustomers({ client: dynamodb, tableName: 'orders' }),
        mailer: createSesCustomerMailer({ client: ses, sender: 'shop@example.com', configurationSet: 'set' }),
      }),
    CallWebhook: () =>
      createCallWebhook({
        deliverOnce,
        webhook: createHttpWebhook({ url: URL, clock, timeoutMs: 4_000, fetch }),
        secrets: broken.secrets?.(versions) ?? versions,
        breaker: createSharedBreaker({
          store: createDynamoBreakerStore({ client: dynamodb, tableName: 'breakers', url: URL }),
          settings: { failures: 5, windowMs: 2_000, openMs: 5_000, longestPauseMs: 10_000 },
          clock,
          ...unobserved,
        }),
        clock,
        ...unobserved,
      }),
    CheckDeliveries: () =>
      createSqsBatchHandler(createCheckDelivery({ records, parked: queue(QUEUES.parked), ...unobserved }), unobserved),
    ReplayDeliveries: () =>
      createSqsBatchHandler(
        createReplayDelivery({
          records,
          checks: queue(QUEUES.checks),
          machine: createSfnDeliveryStarter(client('states'), machineArn),
          ...unobserved,
        }),
        unobserved,
      ),
  };
}
