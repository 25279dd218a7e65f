import { z } from 'zod';

/** Hours over which an error budget is spent. CloudWatch alarms look back seven days, so a watcher publishes what is left of it. */
export const BUDGET_HOURS = 720;

/** How well a workflow does its work, and when somebody is told that it does not. */
const serviceLevel = z.strictObject({
  /**
   * The share of events that must end well over 30 days, in per cent. Below 97 not even an hour in which everything fails could spend a
   * whole budget within a day, and nobody would be woken up.
   */
  objective: z.number().min(97, 'must be at least 97').max(99.99, 'must be at most 99.99'),
  /** Bad ends within five minutes, below which nobody is woken up: one of two is no rate. */
  badForPage: z.int().min(1),
  /** Bad ends within three days, below which there is no ticket. */
  badForTicket: z.int().min(1),
});

/** The same, of a workflow whose time from end to end is watched. */
const timedLevel = serviceLevel.extend({
  /** Seconds from end to end that 19 of 20 must not exceed. */
  p95Seconds: z.number().positive(),
});

/** The service levels of a stage, and how fast their budgets may burn. */
export const serviceLevelSettings = z
  .strictObject({
    /** How many times as fast as the objective allows a budget must burn, over an hour and over five minutes, to wake somebody up. */
    pageBurnRate: z.number().min(1),
    /** And within how many hours it must be spent at that rate. */
    exhaustedWithinHours: z.number().min(1).max(BUDGET_HOURS),
    /** How many times as fast it must burn, over three days and over six hours, for a ticket. */
    ticketBurnRate: z.number().min(1),
    orders: timedLevel,
    approvals: serviceLevel,
    ingestion: timedLevel,
    fanOut: timedLevel,
    quotes: timedLevel,
  })
  .superRefine((levels, context) => {
    const needed = Math.max(levels.pageBurnRate, BUDGET_HOURS / levels.exhaustedWithinHours);
    for (const name of ['orders', 'approvals', 'ingestion', 'fanOut', 'quotes'] as const) {
      const fastest = 100 / (100 - levels[name].objective);
      if (fastest >= needed) continue;
      const message = `lets a whole budget burn ${fastest.toFixed(1)} times as fast at most, and a page needs ${needed}: raise it, or exhaustedWithinHours`;
      context.addIssue({ code: 'custom', path: [name, 'objective'], message });
    }
  });

/** The service level of one workflow. */
export type ServiceLevel = z.infer<typeof serviceLevel>;

/** The service level of a workflow whose time from end to end is watched. */
export type TimedLevel = z.infer<typeof timedLevel>;
