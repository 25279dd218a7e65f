import type { Template } from 'aws-cdk-lib/assertions';
import { resources } from './synthesized';

/** Grants as `grantsOf` gives them: an action, and what it is granted on. */
export const on = (resource: string, ...actions: string[]) => actions.map((action) => `${action} ${resource}`);

/** What every function may besides. */
export const common = (role: string) => [
  ...on(role.replace(/Role$/, 'LogGroup'), 'logs:CreateLogStream', 'logs:PutLogEvents'),
  ...on('*', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'),
];

/** What the consumer of a queue may. */
export const consumes = (queue: string) =>
  on(queue, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes');

/** That nothing is granted on * but tracing and log delivery. */
export function expectNoOtherStars(template: Template): void {
  const actions: string[] = resources(template, 'AWS::IAM::Policy')
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement)
    .filter((statement) => [statement.Resource].flat().includes('*'))
    .flatMap((statement) => statement.Action);
  expect(actions.length).toBeGreaterThan(10);
  expect(actions.filter((action) => !/^(xray:|logs:\w*(LogDeliver|ResourcePolic|LogGroups))/.test(action))).toEqual([]);
}
