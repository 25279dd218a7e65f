import { wordFindings } from '../../../lib/checks/word-rules';
import type { WorkflowDefinition } from '../../../lib/constructs/workflow-definition';

const definition: WorkflowDefinition = {
  StartAt: 'ChargePayment',
  States: {
    ChargePayment: { Type: 'Task', Arguments: { FunctionName: '${ChargePayment}' }, End: true },
  },
};

describe('rules for words', () => {
  it('accept a state, its function and its placeholder of one name', () => {
    expect(wordFindings(definition, ['ChargePayment'])).toEqual([]);
  });

  it('rejects a placeholder that nobody gives', () => {
    expect(wordFindings(definition, [])).toMatchObject([{ rule: 'substitution-missing', subject: 'ChargePayment' }]);
  });

  it('rejects a substitution that stands nowhere', () => {
    const findings = wordFindings(definition, ['ChargePayment', 'ChargePaiment']);
    expect(findings).toMatchObject([{ rule: 'substitution-unused', subject: 'ChargePaiment' }]);
  });

  it('rejects a state that is not named like the function it invokes', () => {
    const States = { TakeMoney: definition.States.ChargePayment as never };
    expect(wordFindings({ StartAt: 'TakeMoney', States }, ['ChargePayment'])).toMatchObject([
      { rule: 'one-word', subject: 'TakeMoney' },
    ]);
  });
});
