import { type ActionFactory, anyAccess } from '../ses-parts';

/** An account outside the sandbox, with the quotas that a new one has there. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html */
export const getAccount: ActionFactory = ({ store, host }) => ({
  access: anyAccess('GetAccount'),
  handle: () => ({
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: {
      Max24HourSend: 50_000,
      MaxSendRate: 14,
      SentLast24Hours: store.sentLastDay(host.kernel.clock.now()),
    },
    SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  }),
});
