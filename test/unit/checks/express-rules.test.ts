import { expressFindings } from '../../../lib/checks/express-rules';
import type { State } from '../../../lib/constructs/workflow-definition';
import { definitionWith, soundTask } from './definitions';

const task = (Resource: string): State => ({ ...soundTask, Resource });
const distributed = (type: string, inner: State): State => ({
  Type: 'Map',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
    StartAt: 'Planted',
    States: { Planted: inner },
  },
  Next: 'Done',
});

const planted: [string, State, string, string][] = [
  [
    'a callback',
    task('arn:aws:states:::sqs:sendMessage.waitForTaskToken'),
    'express-integration',
    "Planted: SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration",
  ],
  [
    'a job that is waited for',
    task('arn:aws:states:::batch:submitJob.sync'),
    'express-integration',
    "Planted: SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service integration",
  ],
  [
    'an execution that is waited for',
    task('arn:aws:states:::states:startExecution.sync:2'),
    'express-integration',
    "Planted: SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync:2' service integration",
  ],
  [
    'an activity',
    task('arn:aws:states:eu-west-1:111122223333:activity:weigh'),
    'express-activity',
    'Planted: SCHEMA_VALIDATION_FAILED: Express state machine does not support Activity ARN',
  ],
  [
    'a Distributed Map',
    distributed('STANDARD', { Type: 'Pass', End: true } as State),
    'express-map',
    "Planted: SCHEMA_VALIDATION_FAILED: The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
  ],
  [
    'a task of more than five minutes',
    { ...soundTask, TimeoutSeconds: 301 },
    'express-timeout',
    'Planted is given 301 s, and an Express execution ends after 300 s with States.Timeout.',
  ],
  [
    'a wait of more than five minutes',
    { Type: 'Wait', Seconds: 301, Next: 'Done' },
    'express-timeout',
    'Planted is given 301 s, and an Express execution ends after 300 s with States.Timeout.',
  ],
];

const inParallel = (inner: State): State => ({
  Type: 'Parallel',
  Branches: [{ StartAt: 'Planted', States: { Planted: inner } }],
  Next: 'Done',
});

describe('rules for Express', () => {
  it.each(planted)('reject %s in an Express machine, also within a Parallel', (_what, state, rule, message) => {
    for (const states of [{ Planted: state }, { Group: inParallel(state) }] as Record<string, State>[]) {
      expect(expressFindings(definitionWith(states), true)).toEqual([
        { rule, subject: 'Planted', message, fix: expect.any(String) },
      ]);
    }
  });

  it.each(planted)('reject %s in the Express children of a Distributed Map', (_what, state, rule, message) => {
    const findings = expressFindings(definitionWith({ Load: distributed('EXPRESS', state) }), false);
    expect(findings).toMatchObject([{ rule, subject: 'Planted', message }]);
  });

  it.each(planted)('accept %s in a Standard machine and in its Standard children', (_what, state) => {
    const states = { Planted: state, Load: distributed('STANDARD', state) };
    expect(expressFindings(definitionWith(states), false)).toEqual([]);
  });

  it('reject an Express machine of more than five minutes', () => {
    const findings = (TimeoutSeconds: number) => expressFindings({ ...definitionWith(), TimeoutSeconds }, true);
    expect(findings(300)).toEqual([]);
    expect(findings(301)).toMatchObject([{ rule: 'express-timeout', subject: 'the machine' }]);
  });
});
