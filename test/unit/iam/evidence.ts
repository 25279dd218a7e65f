import type { Evidence } from '../../../local/cli/iam/judge';
import type { AttachedPolicy, WrittenStatement } from '../../../local/cli/iam/policy-statement';
import { DecisionRecord } from '../../../local/services/iam/decision-record';
import { account, document, trusting } from './account';

export const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:orders';
export const ROLE_ARN = 'arn:aws:iam::000000000000:role/worker';
const RULE_ARN = 'arn:aws:events:us-east-1:000000000000:rule/placed';

/** What a role may do, what a queue's policy says, and what was done. */
export interface Story {
  readonly granted: readonly WrittenStatement[];
  readonly onQueue?: readonly WrittenStatement[];
  /** Actions of the role on the queue. */
  readonly done: readonly string[];
  /** Actions of EventBridge on the queue. */
  readonly delivered?: readonly string[];
}

/** The evidence that a story leaves: decided by the embedded IAM, refusals too. */
export function evidenceOf({ granted, onQueue, done, delivered = [] }: Story): Evidence {
  const { provider, context, authorizer, gateway } = account();
  const trust = trusting('lambda.amazonaws.com');
  provider('AWS::IAM::Role').create({ RoleName: 'worker', AssumeRolePolicyDocument: trust }, context);
  const grants = document(...granted);
  const properties = { PolicyName: 'grants', PolicyDocument: grants, Roles: ['worker'] };
  provider('AWS::IAM::Policy').create(properties, context);
  const record = new DecisionRecord();
  authorizer.observeWith(record.add);
  const worker = authorizer.assumeRole(ROLE_ARN, 'lambda.amazonaws.com', 'fn');
  const queuePolicy = onQueue && document(...onQueue);
  const { accountId, region } = gateway;
  const rule = { kind: 'service', principal: 'events.amazonaws.com', sourceArn: RULE_ARN, accountId } as const;
  const ask = (caller: typeof worker | typeof rule, action: string) => {
    try {
      authorizer.authorize(caller, 'sqs', { action, resource: QUEUE }, queuePolicy);
    } catch {
      // What is refused is evidence too.
    }
  };
  for (const action of done) ask(worker, action);
  for (const action of delivered) ask(rule, action);
  const attached = (logicalId: string, kind: AttachedPolicy['kind'], arn: string, policy: object, path: string) =>
    ({ stackName: 'stack', logicalId, path: [path], kind, attachedTo: [arn], document: policy }) as AttachedPolicy;
  const policies = [
    attached('WorkerRole', 'resource', ROLE_ARN, trust, 'AssumeRolePolicyDocument'),
    attached('WorkerRoleDefaultPolicy', 'identity', ROLE_ARN, grants, 'PolicyDocument'),
    ...(queuePolicy ? [attached('QueuePolicy', 'resource', QUEUE, queuePolicy, 'PolicyDocument')] : []),
  ];
  return { policies, roles: authorizer.roles(), requests: record.requests, made: [], accountId, region };
}
