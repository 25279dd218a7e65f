import { SeededRandom } from '../../../local/kernel/random';
import { raisedSince, ringing } from '../../support/watched/alarm-states';
import { HealthyTraffic } from '../../support/watched/healthy-traffic';
import { WatchedStacks } from '../../support/watched/watched-stacks';

const DAYS = Number(process.env.HEALTHY_DAYS ?? 30);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** On the first day the clock turns minute by minute; later whatever is published every minute is published every five. */
const FIRST_DAY_STEP_MS = MINUTE_MS;
const STEP_MS = 5 * MINUTE_MS;

describe(`${DAYS} days of healthy traffic of all workflows`, () => {
  let watched: WatchedStacks;
  let traffic: HealthyTraffic;
  beforeAll(async () => {
    watched = await WatchedStacks.start();
    traffic = new HealthyTraffic(watched, new SeededRandom(8));
    await traffic.prepare();
  }, 120_000);
  afterAll(() => watched?.stop());

  it('ring nothing', async () => {
    const beganAt = watched.clock.now();
    for (let hour = 0; hour < 24 * DAYS; hour++) {
      await traffic.hour(hour < 24 ? FIRST_DAY_STEP_MS : STEP_MS);
      if (hour % 24 === 23) expect(await raisedSince(watched, beganAt)).toEqual([]);
    }
    await traffic.finish();
    await watched.turn(HOUR_MS, STEP_MS);
    expect(await raisedSince(watched, beganAt)).toEqual([]);
    expect(await ringing(watched)).toEqual([]);
    expect(watched.bells.rungSince(beganAt)).toEqual([]);
    expect(watched.stacks.stacks.warnings).toEqual([]);
    expect(traffic.done).toMatchObject({ plain: expect.any(Number), approve: expect.any(Number) });
  });

  it('leave the books in order', async () => {
    expect(await traffic.books.faults()).toEqual([]);
    const ends = await traffic.books.ends();
    expect(Object.keys(ends).sort()).toEqual(['OrderCompensated', 'OrderConfirmed', 'OrderRejected']);
  });
});
