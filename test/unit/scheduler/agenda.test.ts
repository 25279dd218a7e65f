import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { Agenda } from '../../../local/services/scheduler/agenda';

function agenda() {
  const clock = new SimulatedClock(0);
  const ran: string[] = [];
  return { clock, ran, agenda: new Agenda(clock, (id) => ran.push(`${id} ${clock.now()}`)) };
}

describe('an agenda', () => {
  it('runs each id once, in order of time', async () => {
    const { clock, ran, agenda: due } = agenda();
    due.put('b', 20);
    due.put('a', 10);
    due.put('c', 20);
    await clock.turn(100);
    expect(ran).toEqual(['a 10', 'b 20', 'c 20']);
  });

  it('goes by the last time that was put, also when it is the same again', async () => {
    const { clock, ran, agenda: due } = agenda();
    due.put('a', 10);
    due.put('a', 30);
    due.put('b', 10);
    due.remove('b');
    due.put('b', 10);
    await clock.turn(100);
    expect(ran).toEqual(['b 10', 'a 30']);
  });

  it('runs nothing that was removed, and nothing once it is stopped', async () => {
    const { clock, ran, agenda: due } = agenda();
    due.put('a', 10);
    due.remove('a');
    due.put('b', 20);
    await clock.turn(15);
    due.stop();
    due.put('c', 30);
    await clock.turn(100);
    expect(ran).toEqual([]);
    expect(clock.nextAt()).toBeUndefined();
  });

  it('keeps one timer for many ids', () => {
    const { clock, agenda: due } = agenda();
    let timers = 0;
    const schedule = clock.schedule.bind(clock);
    clock.schedule = (atMs, task) => {
      timers++;
      return schedule(atMs, task);
    };
    for (let i = 0; i < 1000; i++) due.put(`s${i}`, 1000 + i);
    expect(timers).toBe(1);
  });
});
