import { definitionFindings } from '../../lib/checks/workflow-checks';
import { placeholders } from '../../lib/constructs/workflow-definition';
import type { TaskAnswer } from '../support/run-machine';
import { documentMachine, ingestionFolder, job, runDocument, STAGES } from './ingestion-machine';
import { callsOf, expectCase, readCases } from './workflow-cases';

const cases = readCases(ingestionFolder);

/** How a stage can fail, whatever it is. */
const errorClasses: Readonly<Record<string, TaskAnswer>> = {
  'an error nobody thought of': { error: 'SomethingNobodyThoughtOf', cause: '{"errorMessage":"?"}' },
  'no answer at all': { silent: true },
  throttling: { error: 'Lambda.TooManyRequestsException', cause: '{"errorMessage":"Rate exceeded"}' },
  'a crash': { error: 'Runtime.ExitError', cause: '{"errorType":"Runtime.ExitError"}' },
  'an error without a cause': { error: 'ValidationFailed' },
};

describe('the machine for single documents', () => {
  it.each(cases)('%s', async (_title, workflowCase) => {
    expectCase(await runDocument(workflowCase.answers), workflowCase);
  });

  it('has a case for every state', async () => {
    const walked = new Set<string>();
    for (const [, { answers }] of cases) for (const state of (await runDocument(answers)).path) walked.add(state);
    expect([...walked].sort()).toEqual(Object.keys(documentMachine.States).sort());
  });

  it('passes every check', () => {
    expect(definitionFindings(documentMachine, placeholders(documentMachine))).toEqual([]);
  });

  it.each(
    STAGES.flatMap((stage) => Object.entries(errorClasses).map(([what, answer]) => [stage, what, answer] as const)),
  )('%s is rolled back and parked after %s', async (stage, _what, answer) => {
    const result = await runDocument({ [stage]: [answer] });
    expect(result).toMatchObject({ status: 'FAILED', error: 'DocumentNeedsReview' });
    expect(result.path.slice(-4)).toEqual([
      'RollBackVersion',
      'IsVersionSuperseded',
      'ParkDocument',
      'DocumentNeedsReview',
    ]);
    expect(callsOf(result, 'RollBackVersion')).toBe(1);
  });

  it.each(STAGES)('%s goes on after two failures that pass', async (stage) => {
    const passing = { error: 'Runtime.ExitError', cause: '{}' };
    const result = await runDocument({ [stage]: [passing, passing, { result: 'own' }] });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { status: 'DocumentIngested' }, transitions: 8 });
  });

  it.each(STAGES)('%s quarantines a document at the first refusal', async (stage) => {
    const result = await runDocument({ [stage]: [{ error: 'DocumentRefused', cause: '{"errorMessage":"No."}' }] });
    expect(result.output).toEqual({ documentId: 'acme/guide/start.md', status: 'DocumentQuarantined', reason: 'No.' });
    expect(callsOf(result, stage)).toBe(1);
  });

  it.each(STAGES)('%s hands one document on, as a list, and says that it is alone', async (stage) => {
    const { calls } = await runDocument({});
    const { Payload } = calls.find(({ stateName }) => stateName === stage)!.parameters;
    expect(Payload).toEqual({ documents: [expect.objectContaining(job)], isSingle: true });
  });

  it('gives the roll-back what the stages before have made, and the failure', async () => {
    const { calls } = await runDocument({ ValidateDocuments: [{ error: 'ValidationFailed', cause: '{"a":1}' }] });
    const { Payload } = calls.find(({ stateName }) => stateName === 'RollBackVersion')!.parameters;
    expect(Payload).toEqual({
      documents: [expect.objectContaining({ ...job, upserted: { versionKey: 'v1', vectorCount: 12 } })],
      error: { Error: 'ValidationFailed', Cause: '{"a":1}' },
    });
  });

  it('parks the document with every failure, as a list', async () => {
    const refused = { error: 'AccessDeniedException', cause: '{}' };
    const parked = async (answers: Record<string, TaskAnswer[]>) =>
      (await runDocument(answers)).calls.find(({ stateName }) => stateName === 'ParkDocument')!.parameters.MessageBody;
    const one = await parked({ FetchDocuments: [refused] });
    expect(one).toMatchObject({ document: job, executionArn: expect.stringContaining(':execution:') });
    expect(one.failures).toEqual([{ Error: 'AccessDeniedException', Cause: '{}', step: 'FetchDocuments' }]);
    const two = await parked({ FetchDocuments: [refused], RollBackVersion: [refused] });
    expect(two.failures.map(({ step }: { step: string }) => step)).toEqual(['FetchDocuments', 'RollBackVersion']);
  });

  it('keeps what it tells of a failure short, however long the cause', async () => {
    const cause = 'x'.repeat(30_000);
    const result = await runDocument({
      FetchDocuments: [{ error: 'A', cause }],
      RollBackVersion: [{ error: 'B', cause }],
    });
    expect(result.cause!.length).toBeLessThan(10_000);
  });

  it('embeds for a thousand checkpoints, and waits less than a second before each', async () => {
    const unfinished = { error: 'EmbeddingUnfinished', cause: '{}' };
    const answers = [...Array(1000).fill(unfinished), { result: 'own' }];
    const result = await runDocument({ EmbedDocuments: answers });
    expect(result).toMatchObject({ status: 'SUCCEEDED', transitions: 1006 });
    expect(result.seconds).toBeLessThan(1000);
  });

  it('counts a crash on the way of a long document apart from its checkpoints', async () => {
    const unfinished = { error: 'EmbeddingUnfinished', cause: '{}' };
    const crash = { error: 'Runtime.ExitError', cause: '{}' };
    const answers = [unfinished, crash, unfinished, crash, unfinished, { result: 'own' }];
    const result = await runDocument({ EmbedDocuments: answers });
    expect(result).toMatchObject({ status: 'SUCCEEDED', transitions: 11 });
  });

  it('hands 32 KB on at most, whatever a document weighs', async () => {
    const { events } = await runDocument({});
    const outputs = events.flatMap(({ stateExitedEventDetails }) => (stateExitedEventDetails?.output as string) ?? []);
    expect(outputs.length).toBeGreaterThanOrEqual(6);
    for (const output of outputs) expect(output.length).toBeLessThan(32_768);
  });
});
