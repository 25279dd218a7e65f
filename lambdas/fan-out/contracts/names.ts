/** Where every event goes. The words stand in rows, messages and metrics. */
export const TARGETS = ['mail', 'webhook', 'analytics'] as const;

/** One of the places where every event goes. */
export type Target = (typeof TARGETS)[number];

/** The event source of what happens to orders; their customers are mailed. */
export const ORDERS_SOURCE = 'stepwright.orders';

/** Why a delivery is parked of which nothing is known: its run died, or never began. */
export const RUN_DIED = 'RunDied';
