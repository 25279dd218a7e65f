import { alarmsOf } from '../alarms';
import { sums } from '../cost/metrics';
import { windowOf } from '../maintenance/mute-window';
import { type Check, cannotTell, failed, forAll, passed } from './check';

const TEN_MINUTES_MS = 10 * 60_000;

/** The alarm that pages when a workflow burns its error budget, by the output of the stack that it is in. */
const BURN_ALARMS: Readonly<Record<string, string>> = {
  OrdersMachineArn: 'orders-failing',
  ApprovalsApiUrl: 'approvals-failing',
  IngestMachineArn: 'documents-failing',
  DeliveryMachineArn: 'deliveries-failing',
  QuotesApiUrl: 'quotes-failing',
};

export const budgetsWatched: Check = {
  id: 'budgets-watched',
  line: 'every workflow has an alarm that pages when its error budget burns',
  async run(aws) {
    const { stacks } = aws.deployment;
    const { metric, composite } = await alarmsOf(aws, stacks);
    const ringing = new Set(
      [...metric, ...composite]
        .filter(({ AlarmActions = [], ActionsEnabled }) => AlarmActions.length > 0 && ActionsEnabled)
        .map(({ AlarmName }) => AlarmName),
    );
    const wanted = Object.entries(BURN_ALARMS).flatMap(([output, id]) =>
      stacks.filter(({ outputs }) => output in outputs).map(({ name }) => `${name}-${id}`),
    );
    return forAll(wanted, 'alarms', (name) => (ringing.has(name) ? undefined : `${name} is missing or silent`));
  },
};

export const watcherRuns: Check = {
  id: 'watcher-runs',
  line: 'the watcher has looked for stuck executions within the last ten minutes',
  async run(aws) {
    const metric = { namespace: 'Stepwright', metric: 'StuckExecutions', dimensions: { service: 'orders' } };
    const [stuck] = await sums(aws.cloudwatch, [metric], Date.now() - TEN_MINUTES_MS);
    return stuck === undefined ? failed('no value of StuckExecutions') : passed(`StuckExecutions added up to ${stuck}`);
  },
};

export const maintenanceOver: Check = {
  id: 'maintenance-over',
  line: 'no alarm is muted by a maintenance window',
  async run(aws) {
    const { stacks } = aws.deployment;
    if (stacks.length === 0) return cannotTell('there are no stacks');
    const windows: string[] = [];
    for (const stack of stacks) {
      const window = await windowOf(aws, stack);
      if (window) windows.push(`${stack.name} until ${new Date(window.untilMs).toISOString()}: ${window.reason}`);
    }
    return windows.length === 0 ? passed(`all ${stacks.length} stacks`) : failed(windows.join('; '));
  },
};
