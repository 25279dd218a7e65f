import type { AttachedPolicy, WrittenPolicy } from './policy-statement';

/** Calls an API action as the account's administrator. */
export type Call = (service: string, action: string, input: object) => Promise<any>;

interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly properties: Readonly<Record<string, any>>;
}

/** What is known of one stack: its resources, and the physical id behind each `Ref`. */
interface Stack {
  readonly stackName: string;
  readonly resources: readonly Resource[];
  readonly idOf: (ref: { Ref: string } | string) => string;
}

/** Reads one policy of a resource in force. */
type Reader = (
  call: Call,
  resource: Resource,
  stack: Stack,
) => Promise<Omit<AttachedPolicy, 'stackName' | 'logicalId'>>;

/** By resource type. A type that is not here and has a policy is an error: no policy is left out in silence. */
const READERS: Readonly<Record<string, Reader>> = {
  'AWS::IAM::Role': async (call, { physicalId }) => {
    const { Role } = await call('iam', 'GetRole', { RoleName: physicalId });
    const document = JSON.parse(decodeURIComponent(Role.AssumeRolePolicyDocument));
    return { path: ['AssumeRolePolicyDocument'], kind: 'resource', attachedTo: [Role.Arn], document };
  },
  'AWS::IAM::Policy': async (call, { properties }, { idOf }) => {
    const roleNames = (properties.Roles as { Ref: string }[]).map(idOf);
    const roles = await Promise.all(roleNames.map((RoleName) => call('iam', 'GetRole', { RoleName })));
    const policy = await call('iam', 'GetRolePolicy', {
      RoleName: roleNames[0],
      PolicyName: properties.PolicyName,
    });
    const document = JSON.parse(decodeURIComponent(policy.PolicyDocument));
    return { path: ['PolicyDocument'], kind: 'identity', attachedTo: roles.map(({ Role }) => Role.Arn), document };
  },
  'AWS::KMS::Key': async (call, { physicalId: KeyId }) => {
    const { KeyMetadata } = await call('kms', 'DescribeKey', { KeyId });
    const { Policy } = await call('kms', 'GetKeyPolicy', { KeyId, PolicyName: 'default' });
    return { path: ['KeyPolicy'], kind: 'resource', attachedTo: [KeyMetadata.Arn], document: JSON.parse(Policy) };
  },
  'AWS::SQS::QueuePolicy': async (call, { properties }, { idOf }) => {
    const urls = (properties.Queues as { Ref: string }[]).map(idOf);
    const answers = await Promise.all(
      urls.map((QueueUrl) => call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })),
    );
    const attachedTo = answers.map(({ Attributes }) => Attributes.QueueArn as string);
    const document = JSON.parse(answers[0].Attributes.Policy);
    return { path: ['PolicyDocument'], kind: 'resource', attachedTo, document };
  },
  'AWS::S3::BucketPolicy': async (call, { properties }, { idOf }) => {
    const Bucket = idOf(properties.Bucket);
    const { Policy } = await call('s3', 'GetBucketPolicy', { Bucket });
    const arn = `arn:aws:s3:::${Bucket}`;
    return { path: ['PolicyDocument'], kind: 'resource', attachedTo: [arn], document: JSON.parse(Policy) };
  },
  'AWS::Lambda::Permission': async (call, { physicalId }) => {
    const [arn = '', sid] = physicalId.split('|');
    const { Policy } = await call('lambda', 'GetPolicy', { FunctionName: arn });
    const { Statement } = JSON.parse(Policy) as WrittenPolicy;
    const document = { Statement: Statement.filter(({ Sid }) => Sid === sid) };
    return { path: [], kind: 'resource', attachedTo: [arn], document };
  },
};

/**
 * Every policy of every deployed stack, as CloudFormation and the services tell it. Throws an Error for a policy that
 * stands where this does not look.
 */
export async function attachedPolicies(call: Call): Promise<AttachedPolicy[]> {
  const { Stacks } = await call('cloudformation', 'DescribeStacks', {});
  const policies: AttachedPolicy[] = [];
  for (const { StackName } of Stacks as { StackName: string }[]) {
    const stack = await readStack(call, StackName);
    for (const resource of stack.resources) {
      const reader = READERS[resource.type];
      if (reader) {
        const policy = {
          stackName: StackName,
          logicalId: resource.logicalId,
          ...(await reader(call, resource, stack)),
        };
        checkShape(policy, resource);
        policies.push(policy);
      } else if (JSON.stringify(resource.properties).includes('"Effect":')) {
        throw new Error(`${StackName}: ${resource.logicalId} (${resource.type}) has a policy that nothing reads.`);
      }
    }
  }
  return policies;
}

async function readStack(call: Call, stackName: string): Promise<Stack> {
  const { StackResourceSummaries } = await call('cloudformation', 'ListStackResources', { StackName: stackName });
  const { TemplateBody } = await call('cloudformation', 'GetTemplate', { StackName: stackName });
  const { Resources } = typeof TemplateBody === 'string' ? JSON.parse(TemplateBody) : TemplateBody;
  const resources = (StackResourceSummaries as any[]).map((summary) => ({
    logicalId: summary.LogicalResourceId,
    type: summary.ResourceType,
    physicalId: summary.PhysicalResourceId,
    properties: Resources[summary.LogicalResourceId]?.Properties ?? {},
  }));
  const ids = new Map(resources.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
  return { stackName, resources, idOf: (ref) => (typeof ref === 'string' ? ref : ids.get(ref.Ref)!) };
}

/** A statement is found again in the template by its place: the two must have as many. */
function checkShape({ path, document, logicalId }: AttachedPolicy, { properties }: Resource): void {
  const written = path.reduce<any>((value, member) => value[member], properties);
  const count = path.length === 0 ? 1 : [written.Statement].flat().length;
  if (document.Statement.length !== count || (path.length > 0 && properties.Policies)) {
    throw new Error(`The policy of ${logicalId} is not the one of its template.`);
  }
}
