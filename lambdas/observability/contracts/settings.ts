import * as z from 'zod/mini';
import { SERVICES } from '../../shared/services';

const service = z.enum(SERVICES, `service must be one of ${SERVICES.join(', ')}`);

/** The machines to watch: the variable MACHINES. */
export const machinesSetting = z
  .array(
    z.strictObject({
      service,
      arn: z.string('arn must be text').check(z.regex(/:stateMachine:[^:]+$/, 'arn must be that of a state machine')),
      /** Seconds after which a machine must have ended or be waiting for a person; then no history of it is read. */
      silentAfterSeconds: z.optional(z.number('silentAfterSeconds must be a number').check(z.gt(0))),
    }),
  )
  .check(z.minLength(1, 'there must be a machine'));

/** A machine that is watched. */
export type WatchedMachine = z.infer<typeof machinesSetting>[number];

const runs = z.strictObject({ table: z.string(), machineArn: z.string() });

/** Where ends leave their traces: the variable TRAILS. */
export const trailsSetting = z.strictObject({
  orders: z.optional(runs),
  ingestion: z.optional(runs),
  approvals: z.optional(z.strictObject({ table: z.string(), auditTable: z.string() })),
});

/** The trails that are watched. */
export type WatchedTrails = z.infer<typeof trailsSetting>;

const share = z
  .number('an objective must be a number')
  .check(z.gt(0, 'an objective must be above 0'), z.lt(1, 'an objective must be below 1'));

/** The objective of each workflow, as a share of good events: the variable OBJECTIVES. */
export const objectivesSetting = z.partialRecord(service, share);

/** The objectives that are watched. */
export type Objectives = z.infer<typeof objectivesSetting>;

/** What one unit of a metric's sum costs. */
const costMeter = z.strictObject({
  service,
  namespace: z.string('namespace must be text'),
  metric: z.string('metric must be text'),
  dimensions: z.optional(z.record(z.string(), z.string())),
  dollars: z.number('dollars must be a number'),
});

/** What watch-costs is invoked with. */
export const costInput = z.object({
  meters: z.array(costMeter, 'meters must be an array').check(z.maxLength(500, 'meters must be at most 500')),
});

/** A checked meter. */
export type CostMeter = z.infer<typeof costMeter>;
