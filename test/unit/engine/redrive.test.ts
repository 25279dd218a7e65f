import type { Command } from '../../../local/engine/engine';
import { byHand } from '../../support/by-hand';

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
const taskIds = (commands: Command[]) =>
  commands.flatMap((command) => (command.kind === 'runTask' ? command.taskId : []));
const last = (commands: Command[]) => commands.at(-1)!;

describe('redrive', () => {
  it('runs the failed state again, its retries counted anew, without entering it twice', async () => {
    const retried = { ...TASK, Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 0 }] };
    const { events, execution, send } = byHand({ StartAt: 'T', States: { T: retried } });
    const [first] = taskIds(await send({ kind: 'start' }));
    const end = await send({ kind: 'taskFailed', taskId: first, error: 'Boom' });
    expect(last(end)).toMatchObject({ kind: 'finish', status: 'FAILED' });
    const [second] = taskIds(await send({ kind: 'redrive', atMs: 5 }));
    const done = await send({ kind: 'taskSucceeded', taskId: second, output: '1' });
    expect(last(done)).toMatchObject({ kind: 'finish', status: 'SUCCEEDED', output: '1' });
    expect(execution.redriveCount).toBe(1);
    expect(events.filter(({ type }) => type === 'TaskStateEntered')).toHaveLength(1);
    const redriven = events.find(({ type }) => type === 'ExecutionRedriven')!;
    expect(redriven.executionRedrivenEventDetails).toEqual({ redriveCount: 1 });
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  });

  it('keeps the results of branches that had ended and runs the others again', async () => {
    const branch = (name: string) => ({ StartAt: name, States: { [name]: TASK } });
    const { send } = byHand({
      StartAt: 'Both',
      States: { Both: { Type: 'Parallel', Branches: [branch('A'), branch('B'), branch('C')], End: true } },
    });
    const [a, b] = taskIds(await send({ kind: 'start' }));
    await send({ kind: 'taskSucceeded', taskId: a, output: '"a"' });
    await send({ kind: 'taskFailed', taskId: b, error: 'Boom' });
    const again = taskIds(await send({ kind: 'redrive' }));
    expect(again).toHaveLength(2);
    await send({ kind: 'taskSucceeded', taskId: again[0], output: '"b"' });
    const done = await send({ kind: 'taskSucceeded', taskId: again[1], output: '"c"' });
    const output = last(done).kind === 'finish' ? (last(done) as { output?: string }).output : undefined;
    expect(JSON.parse(output!).sort()).toEqual(['a', 'b', 'c']);
  });

  it('takes up an execution that was stopped', async () => {
    const { send } = byHand({ StartAt: 'T', States: { T: TASK } });
    await send({ kind: 'start' });
    expect(last(await send({ kind: 'stop', error: 'E' }))).toMatchObject({
      kind: 'finish',
      status: 'ABORTED',
      error: 'E',
    });
    expect(taskIds(await send({ kind: 'redrive' }))).toHaveLength(1);
  });

  it('does nothing to an execution that runs or has succeeded', async () => {
    const { send, events } = byHand({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
    await send({ kind: 'start' });
    const count = events.length;
    expect(await send({ kind: 'redrive' })).toEqual([]);
    expect(events).toHaveLength(count);
  });
});

describe('what comes too late', () => {
  it('has no effect: answers of tasks that are over, timers that were cancelled, anything after the end', async () => {
    const { send, events } = byHand({ StartAt: 'T', States: { T: { ...TASK, TimeoutSeconds: 5 } } });
    const commands = await send({ kind: 'start' });
    const [taskId] = taskIds(commands);
    const timer = commands.find(({ kind }) => kind === 'startTimer') as { timerId: string };
    const done = await send({ kind: 'taskSucceeded', taskId, output: '1' });
    expect(done.map(({ kind }) => kind)).toEqual(['cancelTimer', 'finish']);
    const count = events.length;
    for (const late of [
      { kind: 'taskSucceeded', taskId, output: '2' },
      { kind: 'timerFired', timerId: timer.timerId },
      { kind: 'stop' },
      { kind: 'taskFailed', taskId: '__proto__' },
    ]) {
      expect(await send(late as never)).toEqual([]);
    }
    expect(events).toHaveLength(count);
  });

  it.each([
    ['takes a failed Map Run up again', 'States.ExceedToleratedFailureThreshold', true],
    ['starts a new Map Run after a limit was exceeded', 'States.DataLimitExceeded', false],
  ])('%s', async (_, error, isSame) => {
    const ItemProcessor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'I',
      States: { I: { Type: 'Pass', End: true } },
    };
    const machine = byHand({
      StartAt: 'P',
      States: {
        P: { Type: 'Pass', Result: [1], Next: 'M' },
        M: { Type: 'Map', ItemProcessor, End: true },
      },
    });
    const [plan] = (await machine.send({ kind: 'start' })) as any[];
    expect(plan).toMatchObject({ kind: 'startMapRun', redriveOf: undefined });
    await machine.send({ kind: 'mapRunStarted', mapRunId: plan.mapRunId, mapRunArn: 'arn' });
    await machine.send({ kind: 'mapRunFailed', mapRunId: plan.mapRunId, error });
    const [again] = (await machine.send({ kind: 'redrive' })) as any[];
    expect(again).toMatchObject({ kind: 'startMapRun', items: [1], redriveOf: isSame ? 'arn' : undefined });
    const started = () => machine.events.filter(({ type }) => type === 'MapStateStarted').length;
    expect(started()).toBe(isSame ? 1 : 2);
    await machine.send({ kind: 'mapRunRedriven', mapRunId: again.mapRunId, mapRunArn: 'arn', redriveCount: 1 });
    expect(machine.events.at(-1)).toMatchObject({
      type: 'MapRunRedriven',
      mapRunRedrivenEventDetails: { mapRunArn: 'arn', redriveCount: 1 },
    });
    const done = await machine.send({ kind: 'mapRunSucceeded', mapRunId: again.mapRunId, output: '[2]' });
    expect(last(done)).toMatchObject({ kind: 'finish', status: 'SUCCEEDED', output: '[2]' });
  });
});
