import { functionSeconds } from '../../../lib/checks/function-seconds';
import { outlivedFindings } from '../../../lib/checks/outlived-rules';
import { definitionWith, soundTask } from './definitions';

const charge = (more: object = {}) => ({
  ...soundTask,
  TimeoutSeconds: 30,
  Arguments: { FunctionName: '${ChargePayment}' },
  ...more,
});
const findings = (task: object, seconds: number) =>
  outlivedFindings(definitionWith({ ChargePayment: task as never }), { ChargePayment: seconds });

describe('a function that may outlive its state', () => {
  it('is refused when it may run as long as its state waits, or longer', () => {
    expect(findings(charge(), 29)).toEqual([]);
    expect(findings(charge(), 30)).toEqual([
      expect.objectContaining({
        rule: 'task-outlived',
        subject: 'ChargePayment',
        message: expect.stringContaining('ChargePayment waits 30 s for a function that may run 30 s'),
      }),
    ]);
  });

  it.each([
    ['a parameter', { Arguments: undefined, Parameters: { FunctionName: '${ChargePayment}' } }],
    ['the resource itself', { Arguments: undefined, Resource: '${ChargePayment}' }],
  ])('is found when it is named by %s', (_how, more) => {
    expect(findings(charge(more), 300)).toHaveLength(1);
  });

  it('is found within a Map', () => {
    const ItemProcessor = definitionWith({ ChargePayment: charge() });
    expect(findings({ Type: 'Map', Items: [], ItemProcessor, Next: 'Done' }, 300)).toHaveLength(1);
  });

  it.each([
    ['another function is meant', { Arguments: { FunctionName: '${ShipOrder}' } }],
    ['its state has a timeout that is known only when it runs', { TimeoutSeconds: '{% $min([5, 6]) %}' }],
  ])('is not looked for when %s', (_when, more) => {
    expect(findings(charge(more), 300)).toEqual([]);
  });
});

describe('how long functions may run', () => {
  const Resources = {
    Slow: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 300 } },
    Plain: { Type: 'AWS::Lambda::Function', Properties: {} },
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Slow' } } },
    Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { 'Fn::GetAtt': ['Slow', 'Arn'] } } },
    Queue: { Type: 'AWS::SQS::Queue' },
  };

  it('is read through versions and aliases, with the default of Lambda', () => {
    const substitutions = {
      Direct: { 'Fn::GetAtt': ['Slow', 'Arn'] },
      ByVersion: { Ref: 'Version' },
      ByAlias: { Ref: 'Alias' },
      Plain: { Ref: 'Plain' },
    };
    expect(functionSeconds({ Resources }, substitutions)).toEqual({
      ...{ Direct: 300, ByVersion: 300, ByAlias: 300 },
      Plain: 3,
    });
  });

  it('is unknown of what is no function of the template', () => {
    const substitutions = {
      Queue: { Ref: 'Queue' },
      Elsewhere: { 'Fn::ImportValue': 'x' },
      Text: '25',
      Gone: { Ref: 'Gone' },
    };
    expect(functionSeconds({ Resources }, substitutions)).toEqual({});
  });
});
