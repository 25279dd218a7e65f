import { repeatFindings } from '../../../lib/checks/repeat-rules';
import { definitionWith, soundTask, without } from './definitions';

const refusals = (states = {}) =>
  repeatFindings(definitionWith(states)).map(({ rule, subject }) => `${rule} ${subject}`);

describe('the rule for repeating', () => {
  it.each([
    'Repeat: safe, its key comes from the order.',
    'Asks somebody. Repeat: unsafe, whoever was asked would be asked again.',
  ])('accepts "%s"', (Comment) => {
    expect(refusals({ ChargePayment: { ...soundTask, Comment } })).toEqual([]);
  });

  it.each(['Charges the order.', 'Repeat: safe', 'Repeat: safe, yes.', 'Repeat: perhaps, it depends on the provider.'])(
    'rejects %j',
    (Comment) => {
      expect(refusals({ ChargePayment: { ...soundTask, Comment } })).toEqual(['repeat ChargePayment']);
    },
  );

  it('rejects a task without a Comment, also within a Map', () => {
    const inner = { StartAt: 'Step', States: { Step: without(soundTask, 'Comment') } };
    const Each = { Type: 'Map', ItemProcessor: inner };
    expect(refusals({ ChargePayment: without(soundTask, 'Comment'), Each })).toEqual([
      'repeat ChargePayment',
      'repeat Step',
    ]);
  });
});
