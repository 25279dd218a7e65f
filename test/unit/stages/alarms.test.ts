import { dev } from '../../../lib/stages/dev';
import { checkStageSettings } from '../../../lib/stages/stage-settings';

const withAlarms = (alarms: object) => ({ ...dev, alarms: { ...dev.alarms, ...alarms } });
const withOrders = (orders: object, slo: object = {}) => ({
  ...dev,
  slo: { ...dev.slo, orders: { ...dev.slo.orders, ...orders }, ...slo },
});

describe('the alarms of a stage', () => {
  it.each<[string, object, RegExp]>([
    [
      'an objective that no page can reach',
      withOrders({ objective: 96 }),
      /slo.orders.objective must be at least 97 \(now 96\)/,
    ],
    ['an objective that nothing reaches', withOrders({ objective: 100 }), /slo.orders.objective must be at most 99.99/],
    [
      'a page for a budget that no failure spends so fast',
      withOrders({ objective: 97 }, { exhaustedWithinHours: 12 }),
      /slo.orders.objective lets a whole budget burn 33.3 times as fast at most, and a page needs 60: raise it/,
    ],
    ['a latency of nothing', withOrders({ p95Seconds: 0 }), /slo.orders.p95Seconds/],
    [
      'approvals that are late after they have been refused',
      withAlarms({ unansweredApprovalSeconds: 86_400 }),
      /alarms.unansweredApprovalSeconds must be less than 86400, approvals.expiresInSeconds/,
    ],
    [
      'parked messages that are gone before anybody is told',
      withAlarms({ oldestParkedSeconds: 14 * 86_400 }),
      /alarms.oldestParkedSeconds must leave a day/,
    ],
    [
      'orders that stand still for longer than five minutes',
      { ...dev, watch: { ...dev.watch, silentSeconds: { ...dev.watch.silentSeconds, orders: 180 } } },
      /watch.silentSeconds.orders must be at most 120/,
    ],
    ['a cost that runs away every hour', withAlarms({ runawayFactor: 1 }), /alarms.runawayFactor/],
    [
      'a share of retries that is always reached',
      withAlarms({ retries: { percentage: 0, atLeast: 1 } }),
      /alarms.retries.percentage/,
    ],
    [
      'watchers that look once a day',
      { ...dev, watch: { ...dev.watch, costsEveryMinutes: 1440 } },
      /watch.costsEveryMinutes/,
    ],
  ])('reject %s', (_what, settings, message) => {
    expect(() => checkStageSettings('test', settings)).toThrow(message);
  });

  it('may be those of a stage that wakes nobody up for a bad hour', () => {
    const settings = withOrders({ objective: 97 });
    expect(checkStageSettings('test', settings).slo.orders.objective).toBe(97);
  });
});
