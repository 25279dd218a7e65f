import type { Mutant } from './mutants';
import type { Element, Named, WrittenStatement } from './policy-statement';

/** Why a grant is not used by the workload, or one of its mutants not noticed. */
export interface Explanation {
  /** What it is about: statements all of whose actions are among these. */
  readonly actions: readonly string[];
  /** Logical ids of the policies that it is about. @default - all */
  readonly policies?: RegExp;
  /** Elements that it is about. @default - all */
  readonly elements?: readonly Element[];
  /** Names that it is about. @default - all */
  readonly names?: RegExp;
  readonly why: string;
  /** AWS's page, where AWS alone uses the grant. */
  readonly source?: string;
}

/** Grants that AWS itself exercises, in ways that the embedded AWS does not model. They are left out of all shares. */
export const BY_AWS_ALONE: readonly Explanation[] = [
  {
    actions: [
      ...['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery'],
      ...['logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies'],
      ...['logs:DescribeLogGroups', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
      'xray:PutTelemetryRecords',
    ],
    policies: /StateMachineRole/,
    why: 'Step Functions sets up the delivery of logs and of traces with the role of the machine.',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
  },
  {
    actions: ['xray:PutTelemetryRecords'],
    why: 'Lambda tells X-Ray with the role of the function how many segments it has sent.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html',
  },
  {
    actions: ['sqs:GetQueueAttributes'],
    policies: /RoleDefaultPolicy/,
    elements: ['Action'],
    why: 'The pollers of Lambda look at the length of the queue to know how many of them are needed.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  },
  {
    actions: ['dynamodb:ListStreams'],
    why: 'Lambda asks for it when a mapping is made.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html',
  },
  {
    actions: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
    policies: /LoadStateMachineRole/,
    why: 'Step Functions looks after the children of a Distributed Map with the role of the machine.',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html',
  },
  {
    actions: ['s3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
    policies: /LoadStateMachineRole/,
    elements: ['Action'],
    why: 'Step Functions writes the results of a Distributed Map in parts.',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html',
  },
  {
    actions: ['ses:SendEmail'],
    elements: ['Resource'],
    names: /:identity\/[^@]+$/,
    why: 'SES asks about the domain where the address itself is not verified.',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html',
  },
];

/** Grants that the code can use and the workload does not. They count. */
export const NOT_REACHED: readonly Explanation[] = [
  {
    actions: ['s3:AbortMultipartUpload'],
    elements: ['Action'],
    why: 'Only where an upload of more than 8 MB breaks off in the middle.',
  },
  {
    actions: ['s3:PutObject'],
    policies: /FetchDocumentsRole/,
    why: 'Only for pages that are fetched from the public internet, which the workload does not ask.',
  },
  {
    actions: ['s3:ListBucket'],
    policies: /FetchDocumentsRole/,
    why: 'Makes S3 say that a version is missing, and not that it is forbidden. The embedded S3 says so of versions anyway.',
  },
  {
    actions: ['dynamodb:GetItem'],
    policies: /ApiPlaceOrderRole/,
    elements: ['Action'],
    why: 'Only where DynamoDB refuses a write without saying which record was in its way.',
  },
];

/** What explains that one name of a statement is not used, or not missed; undefined when nothing does. */
export function explanationOf(
  explanations: readonly Explanation[],
  { policy, statement, taken }: Pick<Mutant, 'policy' | 'statement' | 'taken'>,
): Explanation | undefined {
  return explanations.find(
    ({ actions, policies, elements, names }) =>
      (policies?.test(policy.logicalId) ?? true) &&
      (elements?.includes(taken.element) ?? true) &&
      (names?.test(taken.name) ?? true) &&
      actionsOf(statement, taken).every((action) => actions.includes(action)),
  );
}

/** The actions that an element stands for: itself, or all of its statement. */
function actionsOf({ Action }: WrittenStatement, taken: Named): readonly string[] {
  return taken.element === 'Action' ? [taken.name] : ([Action].flat() as string[]);
}
