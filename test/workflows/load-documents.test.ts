import { definitionFindings } from '../../lib/checks/workflow-checks';
import { placeholders } from '../../lib/constructs/workflow-definition';
import { loadMachine, STAGES } from './ingestion-machine';
import { documentOf, LoadWorld } from './load-world';

const crash = { errorType: 'Runtime.ExitError', errorMessage: 'exited' };

describe('the machine for bulk loads', () => {
  it('passes every check', () => {
    expect(definitionFindings(loadMachine, placeholders(loadMachine))).toEqual([]);
  });

  it('runs the six stages over batches, in at most 0.2 transitions a document', async () => {
    const world = new LoadWorld(1000);
    const { status, output, executionArn } = await world.run();
    expect({ status, output: JSON.parse(output) }).toEqual({
      status: 'SUCCEEDED',
      output: { loadId: 'load-1', documents: 1007 },
    });
    expect(STAGES.map((stage) => world.calls[stage]!.length)).toEqual(STAGES.map(() => 40));
    expect(await world.transitions(executionArn)).toBe(44);
    expect((await world.mapRun(executionArn)).maxConcurrency).toBe(3);
  });

  it('hands each stage the documents of its batch as a list, also when there is one', async () => {
    const world = new LoadWorld(1);
    await world.run();
    for (const stage of STAGES) {
      expect(world.calls[stage]).toEqual([{ documents: [expect.objectContaining(documentOf(0))] }]);
    }
  });

  it('starts no child when there is nothing to do', async () => {
    const world = new LoadWorld(0);
    const { status, output, executionArn } = await world.run();
    expect({ status, output: JSON.parse(output) }).toEqual({
      status: 'SUCCEEDED',
      output: { loadId: 'load-1', documents: 7 },
    });
    expect(Object.keys(world.calls)).toEqual(['PlanLoad', 'SummarizeLoad']);
    expect(await world.bench.eventTypes(executionArn)).not.toContain('MapStateEntered');
  });

  it.each(STAGES)('goes on past a batch whose %s crashes again and again, and has it looked for', async (stage) => {
    const world = new LoadWorld(100, {
      [stage]: ({ documents }) => (documents[0].run === 'load-1-25' ? crash : undefined),
    });
    const { status, executionArn } = await world.run();
    expect(status).toBe('SUCCEEDED');
    expect((await world.mapRun(executionArn)).executionCounts).toMatchObject({ succeeded: 3, failed: 1 });
    expect(world.calls.SummarizeLoad).toEqual([
      { loadId: 'load-1', key: 'work/loads/load-1/worklist.jsonl', count: 100, unchanged: 7 },
    ]);
  });

  it.each(STAGES)('goes on past a batch whose %s does not answer, within five minutes', async (stage) => {
    const world = new LoadWorld(50, {
      [stage]: ({ documents }) => (documents[0].run === 'load-1-25' ? 'never' : undefined),
    });
    const { status, startDate, stopDate, executionArn } = await world.run();
    expect(status).toBe('SUCCEEDED');
    expect((await world.mapRun(executionArn)).executionCounts).toMatchObject({ succeeded: 1, failed: 1 });
    expect(Number(stopDate) - Number(startDate)).toBeLessThan(300);
    const silent = world.calls[stage]!.filter(({ documents }) => documents[0].run === 'load-1-25');
    expect(silent).toHaveLength(1);
  });

  it('tries a stage again before it gives its batch up', async () => {
    const world = new LoadWorld(25, { EmbedDocuments: (_payload, call) => (call <= 2 ? crash : undefined) });
    const { executionArn } = await world.run();
    expect((await world.mapRun(executionArn)).executionCounts).toMatchObject({ succeeded: 1, failed: 0 });
    expect(world.calls.EmbedDocuments).toHaveLength(3);
  });

  it.each(['PlanLoad', 'SummarizeLoad'])('parks a load whose %s fails for good', async (step) => {
    const world = new LoadWorld(30, { [step]: () => crash });
    expect(await world.run()).toMatchObject({ status: 'FAILED', error: 'LoadNeedsReview' });
    expect(world.parked).toEqual([
      {
        executionArn: expect.stringContaining(':execution:'),
        load: { loadId: 'load-1' },
        failures: [{ Error: 'Runtime.ExitError', Cause: JSON.stringify(crash), step }],
      },
    ]);
  });

  it('parks a load whose list cannot be read', async () => {
    const world = new LoadWorld(30, {}, 'work/loads/load-1/lost.jsonl');
    expect(await world.run()).toMatchObject({ status: 'FAILED', error: 'LoadNeedsReview' });
    expect(world.parked[0].failures).toMatchObject([{ Error: 'States.ItemReaderFailed', step: 'LoadBatches' }]);
  });

  it('hands a child 16 KB at most, however long the documents’ names are', () => {
    expect(loadMachine.States.LoadBatches!.ItemBatcher).toMatchObject({ MaxInputBytesPerBatch: 16_384 });
  });
});
