import { z } from 'zod';
import { alarmRefusals, alarmSettings } from './alarm-settings';
import { deploymentSettings } from './deployment-settings';
import { fanOutRefusals, fanOutSettings } from './fan-out-settings';
import { ingestionRefusals, ingestionSettings } from './ingestion-settings';
import { operatorSettings } from './operator-settings';
import { quoteSettings } from './quote-settings';
import { serviceLevelSettings } from './service-level-settings';
import { watchSettings } from './watch-settings';

/** The days that CloudWatch Logs can keep a log group for: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const email = z.email('must be an e-mail address such as oncall@example.com');

const payments = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('built-in') }),
  z.strictObject({
    provider: z.literal('stripe'),
    /** The whole ARN, with the six characters that Secrets Manager appends: a policy can then name it exactly. */
    secretArn: z
      .string('is missing: keep the Stripe key in Secrets Manager and pass its ARN with -c stripeSecretArn=ARN')
      .regex(
        /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
        'must be the whole ARN of a Secrets Manager secret: keep the Stripe key there and pass -c stripeSecretArn=ARN',
      ),
  }),
]);

const approvals = z.strictObject({
  /** The address that approval mails come from. */
  senderAddress: email,
  /** `create`: the stack asks SES to verify the address. `existing`: the address or its domain is verified already. */
  senderIdentity: z.enum(['create', 'existing']),
  /** Who is asked by the workflows of this project. */
  approvers: z.array(email).min(1, 'needs at least one approver').max(20),
  /** Seconds after which a request that nobody has answered is refused. */
  expiresInSeconds: z.int().min(60).max(31_536_000),
  /** Absent: nobody is reminded. */
  reminders: z.strictObject({ everySeconds: z.int().min(60), atMost: z.int().min(1).max(30) }).optional(),
  /** Who is asked besides when nobody has answered by then, or when no mail reaches the approvers. */
  escalation: z.strictObject({ afterSeconds: z.int().min(60), to: z.array(email).min(1).max(10) }).optional(),
  /** How often the sweeper looks for what was left undone. */
  sweepMinutes: z.int().min(1).max(60),
  /** Days for which what was on the bus is kept and can be replayed. */
  archiveDays: z.int().min(1).max(3650),
  /** What the page and the operators' routes take together. */
  requestsPerSecond: z.int().min(1).max(10_000),
  burst: z.int().min(1).max(5000),
  /**
   * Who may read the histories of workflows that ask, in which task tokens stand: `account`, whoever IAM lets;
   * `nobody`, only the machines themselves.
   */
  historyReaders: z.enum(['account', 'nobody']),
});

/** Seconds that an asking state waits beyond the expiry, within which the refusal itself arrives. */
export const CALLBACK_GRACE_SECONDS = 3600;

/** Seconds that an order needs around its approval: for its steps, their retries and all undos. */
const ORDER_SECONDS = 3600;

/** The shape of a stage's settings, with the rules that hold between them. */
export const stageSettingsSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,19}$/, 'must be 1 to 20 lower-case letters, digits or hyphens, a letter first'),
    /** Production refuses the built-in payment provider, the fault switches, and tables that a destroy would take along. */
    isProduction: z.boolean(),
    logRetentionDays: z
      .number()
      .refine((days) => RETENTION_DAYS.includes(days), `must be one of ${RETENTION_DAYS.join(', ')}`),
    data: z.strictObject({
      /** What becomes of the tables when the stack is deleted. */
      onDelete: z.enum(['retain', 'destroy']),
      hasDeletionProtection: z.boolean(),
      hasPointInTimeRecovery: z.boolean(),
    }),
    deployments: deploymentSettings,
    payments,
    /** The faults table, read by the built-in providers before each call. */
    hasFaultSwitches: z.boolean(),
    /** A queue that receives a copy of every order event, for demos and smoke runs. */
    hasEventProbe: z.boolean(),
    /** Workflows that only show how it is done, such as the expense machine of the approvals stack. */
    hasExamples: z.boolean(),
    orders: z.strictObject({
      /** An order of a larger total is charged only once somebody has approved it. */
      approvalAboveCents: z.int().min(0),
      /** An order that has not ended by then is stopped, and its undos are started. */
      machineTimeoutSeconds: z.int().min(600).max(31_536_000),
      /** How often a message of the order queue is tried before it goes to the dead-letter queue. */
      maxReceiveCount: z.int().min(3).max(100),
      /** How many copies of start-orders may work on the queue at once; 2 is the least that Lambda takes. */
      intakeConcurrency: z.int().min(2).max(1000),
      /** How often the publisher tries a batch of the orders' stream before it reports it to the dead-letter queue. */
      publishAttempts: z.int().min(1).max(10_000),
      /** Days for which what was on the bus is kept and can be replayed. */
      archiveDays: z.int().min(1).max(3650),
      reconciliation: z.strictObject({
        /** How often orders, executions and charges are held against each other. */
        everyMinutes: z.int().min(5).max(480),
        /** Younger orders and charges are left to the workflow, its events and its queues. */
        afterSeconds: z.int().min(300).max(86_400),
      }),
    }),
    api: z.strictObject({
      requestsPerSecond: z.int().min(1).max(10_000),
      burst: z.int().min(1).max(5000),
      /** Present: callers show a JWT of this issuer. Absent: callers sign with SigV4. */
      jwt: z
        .strictObject({
          issuer: z.url({ protocol: /^https$/, error: 'must be an https URL' }),
          audience: z.array(z.string().min(1)).min(1, 'needs at least one audience'),
        })
        .optional(),
    }),
    alarms: alarmSettings,
    slo: serviceLevelSettings,
    watch: watchSettings,
    approvals,
    ingestion: ingestionSettings,
    quotes: quoteSettings,
    fanOut: fanOutSettings,
    /** Who may assume the roles of operators, auditors and those on call. */
    operators: operatorSettings,
    /** Estimated AWS cost of a month that raises an eyebrow, in US dollars. */
    monthlyBudgetDollars: z.number().positive(),
  })
  .superRefine((settings, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const { expiresInSeconds, reminders, escalation, approvers } = settings.approvals;
    const shortestTimeout = expiresInSeconds + CALLBACK_GRACE_SECONDS + ORDER_SECONDS;
    if (settings.orders.machineTimeoutSeconds < shortestTimeout) {
      refuse(
        ['orders', 'machineTimeoutSeconds'],
        `must be at least ${shortestTimeout}, approvals.expiresInSeconds and two hours: an order may wait for its approval`,
      );
    }
    if (reminders && reminders.everySeconds >= expiresInSeconds) {
      refuse(['approvals', 'reminders', 'everySeconds'], 'must be less than approvals.expiresInSeconds');
    }
    if (escalation && escalation.afterSeconds >= expiresInSeconds) {
      refuse(['approvals', 'escalation', 'afterSeconds'], 'must be less than approvals.expiresInSeconds');
    }
    if (escalation?.to.every((contact) => approvers.includes(contact))) {
      refuse(
        ['approvals', 'escalation', 'to'],
        'names approvers only: name somebody else, or leave the escalation out',
      );
    }
    for (const { path, message } of ingestionRefusals(settings.ingestion)) refuse(path, message);
    for (const { path, message } of alarmRefusals(settings.alarms, expiresInSeconds)) refuse(path, message);
    if (!settings.isProduction) return;
    for (const { path, message } of fanOutRefusals(settings.fanOut)) refuse(path, message);
    if (settings.approvals.historyReaders !== 'nobody') {
      refuse(
        ['approvals', 'historyReaders'],
        "is 'account': task tokens stand in histories and decide in an approver's place, set it to 'nobody'",
      );
    }
    if (settings.hasExamples) {
      refuse(['hasExamples'], 'is true: examples have no place in production, set it to false');
    }
    if (settings.payments.provider === 'built-in') {
      refuse(['payments', 'provider'], "is 'built-in', which moves no money: choose 'stripe' in production");
    }
    if (settings.hasFaultSwitches) {
      refuse(
        ['hasFaultSwitches'],
        'is true: faults that can be switched on have no place in production, set it to false',
      );
    }
    if (settings.hasEventProbe) {
      refuse(['hasEventProbe'], 'is true: the probe queue is for demos, set it to false in production');
    }
    if (settings.data.onDelete !== 'retain') {
      refuse(['data', 'onDelete'], "is 'destroy': orders and payments must outlive the stack, set it to 'retain'");
    }
    if (!settings.data.hasDeletionProtection) {
      refuse(['data', 'hasDeletionProtection'], 'is false: protect the tables of production, set it to true');
    }
    if (!settings.data.hasPointInTimeRecovery) {
      refuse(['data', 'hasPointInTimeRecovery'], 'is false: tables of production can be restored, set it to true');
    }
  });

/** Everything that differs between stages. Numbers live here only. */
export type StageSettings = Readonly<z.infer<typeof stageSettingsSchema>>;

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<any>((value, key) => (value === null || value === undefined ? undefined : value[key]), root);
}

/**
 * Checks the settings of a stage. Throws an Error that names the stage and, line by line, each setting, its bad value
 * and what to do.
 */
export function checkStageSettings(name: string, settings: unknown): StageSettings {
  const result = stageSettingsSchema.safeParse(settings);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    const value = valueAt(settings, issue.path);
    const shown = value === undefined || typeof value === 'object' ? '' : ` (now ${JSON.stringify(value)})`;
    return `  ${path || 'the stage'} ${issue.message}${shown}`;
  });
  throw new Error(`Stage '${name}' cannot be used:\n${lines.join('\n')}\nSettings live in lib/stages.`);
}
