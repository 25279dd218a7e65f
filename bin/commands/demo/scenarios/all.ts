import type { Scenario } from '../scenario';
import { approvedOrder, rejectedOrder } from './approved-order';
import { failingSteps } from './failing-steps';
import { happyOrder } from './happy-order';
import { poisonMessage } from './poison-message';
import { quote } from './quote';
import { repeatedOrder } from './repeated-order';
import { rush } from './rush';
import { stoppedExecution } from './stopped-execution';
import { toldOrder } from './told-order';

/** Every scenario of the orders, in the order in which the demo tells them. */
export const ALL_SCENARIOS: readonly Scenario[] = [
  happyOrder,
  approvedOrder,
  rejectedOrder,
  ...failingSteps,
  repeatedOrder,
  poisonMessage,
  rush,
  stoppedExecution,
  toldOrder,
  quote,
];
