import { hasWaitingCaller } from '../../../lib/checks/waiting-caller';

const machine = { Ref: 'Quotes' };
const policy = (action: string | string[], resource: unknown = machine) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] } },
});
const isAnswered = (Resources: object) => hasWaitingCaller({ Resources } as never, 'Quotes');

describe('whether a caller waits for a machine', () => {
  it('is so when it is only ever run with StartSyncExecution', () => {
    const other = policy('states:StartExecution', { Ref: 'Other' });
    const reader = policy('states:DescribeStateMachine');
    expect(isAnswered({ Caller: policy('states:StartSyncExecution'), other, reader })).toBe(true);
  });

  it.each([
    ['nobody is granted anything', {}],
    ['somebody may start it without waiting', { Starter: policy('states:StartExecution') }],
    ['one statement allows both', { Caller: policy(['states:StartExecution', 'states:StartSyncExecution']) }],
    ['a pattern of actions is allowed', { Starter: policy('states:*', ['arn', machine]) }],
  ])('is not so when %s', (_when, more) => {
    const caller = Object.keys(more).length > 0 ? { Sync: policy('states:StartSyncExecution') } : {};
    expect(isAnswered({ ...caller, ...more })).toBe(false);
  });
});
