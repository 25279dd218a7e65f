import { graphFindings } from '../../../lib/checks/graph-rules';
import type { WorkflowDefinition } from '../../../lib/constructs/workflow-definition';

const loop = (condition: string, output: Record<string, string> = { tries: '{% $states.input.tries + 1 %}' }) =>
  ({
    StartAt: 'Try',
    States: {
      Try: { Type: 'Pass', Output: output, Next: 'IsDone' },
      IsDone: { Type: 'Choice', Choices: [{ Condition: condition, Next: 'Rest' }], Default: 'End' },
      Rest: { Type: 'Wait', Seconds: 1, Next: 'Try' },
      End: { Type: 'Succeed' },
    },
  }) as WorkflowDefinition;

const rules = (definition: WorkflowDefinition) => graphFindings(definition).map(({ rule }) => rule);

describe('rules for the graph', () => {
  it('rejects a Choice without a default', () => {
    const definition = loop('{% $states.input.tries < 5 %}');
    const { Default: _, ...choice } = definition.States.IsDone as never as Record<string, unknown>;
    expect(rules({ ...definition, States: { ...definition.States, IsDone: choice as never } })).toEqual([
      'choice-default',
    ]);
  });

  it.each([
    '{% $states.input.tries < 5 %}',
    '{% $states.input.isBusy and $states.input.tries < 5 %}',
    '{% $tries <= 5 %}',
  ])('accepts a loop that goes round only while %s', (condition) => {
    expect(rules(loop(condition))).toEqual([]);
  });

  it.each([
    ['{% $states.input.isBusy %}', 'no counter'],
    ['{% $states.input.isBusy or $states.input.tries < 5 %}', 'another way round'],
    ['{% $states.input.tries > 5 %}', 'a counter that must be large'],
  ])('rejects a loop on %s: %s', (condition) => {
    expect(rules(loop(condition))).toEqual(['loop-bound']);
  });

  it('rejects a loop whose counter nobody raises, and names its states', () => {
    const [finding] = graphFindings(loop('{% $states.input.tries < 5 %}', { tries: '{% $states.input.tries %}' }));
    expect(finding).toMatchObject({
      rule: 'loop-bound',
      message: expect.stringContaining('Try → IsDone → Rest → Try'),
    });
  });

  it('rejects a loop through a Catch', () => {
    const definition: WorkflowDefinition = {
      StartAt: 'Work',
      States: {
        Work: { Type: 'Task', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Work' }], Next: 'End' },
        End: { Type: 'Succeed' },
      },
    };
    expect(rules(definition)).toEqual(['loop-bound']);
  });

  const asking = (
    assertion: string,
    firstRetry: object = { ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 0 },
  ) =>
    ({
      StartAt: 'Work',
      States: {
        Work: {
          Type: 'Task',
          Catch: [
            { ErrorEquals: ['ApprovalRequired'], Output: { asks: '{% $states.input.asks + 1 %}' }, Next: 'Ask' },
            { ErrorEquals: ['States.ALL'], Next: 'End' },
          ],
          Next: 'End',
        },
        Ask: {
          Type: 'Task',
          Arguments: { MessageBody: `{% ( ${assertion}; {} ) %}` },
          Retry: [firstRetry, { ErrorEquals: ['States.ALL'], MaxAttempts: 3 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'End' }],
          Next: 'Work',
        },
        End: { Type: 'Succeed' },
      },
    }) as WorkflowDefinition;

  it('accepts a loop through a task that asserts a bound in its arguments', () => {
    expect(rules(asking("$assert($states.input.asks < 2, 'asked')"))).toEqual([]);
  });

  it.each([
    ["$assert($states.input.isAsked, 'asked')", 'no counter'],
    ["$assert($states.input.others < 2, 'asked')", 'a counter that nobody raises'],
    ['$states.input.asks < 2', 'no assertion'],
  ])('rejects a loop through a task with %s: %s', (assertion) => {
    expect(rules(asking(assertion))).toEqual(['loop-bound']);
  });

  it('rejects a loop whose assertion would be tried again', () => {
    const retried = { ErrorEquals: ['ApprovalRejected'], MaxAttempts: 0 };
    expect(rules(asking("$assert($states.input.asks < 2, 'asked')", retried))).toEqual(['loop-bound']);
  });
});
