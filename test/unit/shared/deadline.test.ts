import { withDeadline } from '../../../lambdas/shared/deadline';
import { turnedClock } from './turned-clock';

const late = () => new Error('late');

describe('withDeadline', () => {
  it('gives the outcome of a call that answers in time and leaves no timer behind', async () => {
    const clock = turnedClock();
    const outcome = await withDeadline(clock, 1000, async () => 'answer', late);
    expect(outcome).toBe('answer');
    expect(clock.simulated.nextAt()).toBeUndefined();
  });

  it('gives the error of a call that fails in time', async () => {
    const failing = withDeadline(turnedClock(), 1000, () => Promise.reject(new Error('broken')), late);
    await expect(failing).rejects.toThrow('broken');
  });

  it('fails when the call has not answered by the deadline', async () => {
    const clock = turnedClock();
    const failing = withDeadline(clock, 1000, () => new Promise(() => undefined), late);
    const outcome = failing.catch((error: Error) => error.message);
    await clock.simulated.turn(1000);
    expect(await outcome).toBe('late');
  });

  it('lets a call that is late go on, and ignores how it ends', async () => {
    const clock = turnedClock();
    let landed = false;
    const call = async () => {
      await clock.sleep(2000);
      landed = true;
      throw new Error('nobody listens');
    };
    const outcome = withDeadline(clock, 1000, call, late).catch((error: Error) => error.message);
    await clock.simulated.turn(3000);
    expect(await outcome).toBe('late');
    expect(landed).toBe(true);
  });
});
