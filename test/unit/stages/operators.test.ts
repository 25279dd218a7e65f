import { dev } from '../../../lib/stages/dev';
import { findStage } from '../../../lib/stages/find-stage';
import { checkStageSettings } from '../../../lib/stages/stage-settings';

const withOperator = (operator: string) =>
  checkStageSettings('test', { ...dev, operators: { ...dev.operators, operator: [operator] } });

describe('who may assume the roles of people', () => {
  it.each([
    'account',
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::111122223333:role/operators',
    'arn:aws-cn:iam::111122223333:role/team/a/operators',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_OnCall_*',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_OnCall_*',
  ])('may be %s', (caller) => {
    expect(withOperator(caller).operators.operator).toEqual([caller]);
  });

  it.each([
    '*',
    '111122223333',
    'arn:aws:iam::*:root',
    'arn:aws:iam::111122223333:user/ann',
    'arn:aws:iam::111122223333:role/*',
    'arn:aws:iam::111122223333:role/operators*',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*',
    'arn:aws:sts::111122223333:assumed-role/operators/ann',
    'arn:aws:iam::1111:root',
  ])('rejects %s and says what it may be', (caller) => {
    expect(() => withOperator(caller)).toThrow(
      /operators.operator.0 must be 'account'.*arn:aws:iam::111122223333:root.*users, sessions and other patterns are refused/,
    );
  });

  it('is handed in with -c, instead of what the stage says', () => {
    const context: Record<string, string> = {
      operatorArns: 'arn:aws:iam::111122223333:root,arn:aws:iam::444455556666:role/ops',
    };
    const { operators } = findStage((name) => context[name]);
    expect(operators).toEqual({ ...dev.operators, operator: context.operatorArns!.split(',') });
  });
});
