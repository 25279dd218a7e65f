import type { AttachedPolicy, WrittenPolicy } from './policy-statement';
import { type Call, type StackResource, stackResources } from './stack-resources';

interface Resource extends StackResource {
  readonly properties: Readonly<Record<string, any>>;
}

/** The physical id behind a `Ref` of a stack. */
type IdOf = (ref: { Ref: string } | string) => string;

/** Reads one policy of a resource in force. */
type Reader = (call: Call, resource: Resource, idOf: IdOf) => Promise<Omit<AttachedPolicy, 'stackName' | 'logicalId'>>;

/** By resource type. A type that is not here and has a policy is an error: no policy is left out in silence. */
const READERS: Readonly<Record<string, Reader>> = {
  'AWS::IAM::Role': async (call, { physicalId }) => {
    const { Role } = await call('iam', 'GetRole', { RoleName: physicalId });
    const document = JSON.parse(decodeURIComponent(Role.AssumeRolePolicyDocument));
    return { path: ['AssumeRolePolicyDocument'], kind: 'resource', attachedTo: [Role.Arn], document };
  },
  'AWS::IAM::Policy': async (call, { properties }, idOf) => {
    const roleNames = (properties.Roles as { Ref: string }[]).map(idOf);
    const roles = await Promise.all(roleNames.map((RoleName) => call('iam', 'GetRole', { RoleName })));
    const policy = await call('iam', 'GetRolePolicy', {
      RoleName: roleNames[0],
      PolicyName: properties.PolicyName,
    });
    const document = JSON.parse(decodeURIComponent(policy.PolicyDocument));
    return { path: ['PolicyDocument'], kind: 'identity', attachedTo: roles.map(({ Role }) => Role.Arn), document };
  },
  'AWS::IAM::ManagedPolicy': async (call, { physicalId: PolicyArn }) => {
    const { Policy } = await call('iam', 'GetPolicy', { PolicyArn });
    const { PolicyVersion } = await call('iam', 'GetPolicyVersion', { PolicyArn, VersionId: Policy.DefaultVersionId });
    const document = JSON.parse(decodeURIComponent(PolicyVersion.Document));
    return { path: ['PolicyDocument'], kind: 'identity', attachedTo: await rolesWith(call, PolicyArn), document };
  },
  'AWS::KMS::Key': async (call, { physicalId: KeyId }) => {
    const { KeyMetadata } = await call('kms', 'DescribeKey', { KeyId });
    const { Policy } = await call('kms', 'GetKeyPolicy', { KeyId, PolicyName: 'default' });
    return { path: ['KeyPolicy'], kind: 'resource', attachedTo: [KeyMetadata.Arn], document: JSON.parse(Policy) };
  },
  'AWS::SQS::QueuePolicy': async (call, { properties }, idOf) => {
    const urls = (properties.Queues as { Ref: string }[]).map(idOf);
    const answers = await Promise.all(
      urls.map((QueueUrl) => call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })),
    );
    const attachedTo = answers.map(({ Attributes }) => Attributes.QueueArn as string);
    const document = JSON.parse(answers[0].Attributes.Policy);
    return { path: ['PolicyDocument'], kind: 'resource', attachedTo, document };
  },
  'AWS::SNS::TopicPolicy': async (call, { properties }, idOf) => {
    const attachedTo = (properties.Topics as { Ref: string }[]).map(idOf);
    const { Attributes } = await call('sns', 'GetTopicAttributes', { TopicArn: attachedTo[0] });
    const document = JSON.parse((Attributes as ReadonlyMap<string, string>).get('Policy')!);
    return { path: ['PolicyDocument'], kind: 'resource', attachedTo, document };
  },
  'AWS::S3::BucketPolicy': async (call, { properties }, idOf) => {
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

/** ARNs of the roles that a managed policy is attached to. */
async function rolesWith(call: Call, policyArn: string): Promise<string[]> {
  const { Roles } = await call('iam', 'ListRoles', {});
  const arns: string[] = [];
  for (const { RoleName, Arn } of Roles as { RoleName: string; Arn: string }[]) {
    const { AttachedPolicies } = await call('iam', 'ListAttachedRolePolicies', { RoleName });
    if (AttachedPolicies.some(({ PolicyArn }: { PolicyArn: string }) => PolicyArn === policyArn)) arns.push(Arn);
  }
  return arns;
}

/**
 * Every policy of every deployed stack, as CloudFormation and the services tell it. Throws an Error for a policy that
 * stands where this does not look.
 */
export async function attachedPolicies(call: Call): Promise<AttachedPolicy[]> {
  const resources = await stackResources(call);
  const templates = new Map<string, any>();
  const policies: AttachedPolicy[] = [];
  for (const found of resources) {
    const { stackName, logicalId, type } = found;
    if (!templates.has(stackName)) {
      const template = await templateOf(call, stackName);
      checkWhole(stackName, template, resources);
      templates.set(stackName, template);
    }
    const resource = { ...found, properties: templates.get(stackName).Resources[logicalId]?.Properties ?? {} };
    const own = resources.filter((other) => other.stackName === stackName);
    const idOf: IdOf = (ref) =>
      typeof ref === 'string' ? ref : own.find((other) => other.logicalId === ref.Ref)!.physicalId;
    const reader = READERS[type];
    if (reader) {
      const policy = { stackName, logicalId, ...(await reader(call, resource, idOf)) };
      checkShape(policy, resource);
      policies.push(policy);
    } else if (JSON.stringify(resource.properties).includes('"Effect":')) {
      throw new Error(`${stackName}: ${logicalId} (${type}) has a policy that nothing reads.`);
    }
  }
  return policies;
}

async function templateOf(call: Call, stackName: string): Promise<any> {
  const { TemplateBody } = await call('cloudformation', 'GetTemplate', { StackName: stackName });
  return typeof TemplateBody === 'string' ? JSON.parse(TemplateBody) : TemplateBody;
}

/** What a template has and its stack does not list would be left out in silence. */
function checkWhole(stackName: string, template: any, resources: readonly StackResource[]): void {
  const listed = new Set(resources.filter((one) => one.stackName === stackName).map(({ logicalId }) => logicalId));
  const missing = Object.entries<any>(template.Resources).find(([id, { Condition }]) => !Condition && !listed.has(id));
  if (missing) throw new Error(`${stackName} does not list its resource ${missing[0]}.`);
}

/** A statement is found again in the template by its place: the two must have as many. */
function checkShape({ path, document, logicalId }: AttachedPolicy, { properties }: Resource): void {
  const written = path.reduce<any>((value, member) => value[member], properties);
  const count = path.length === 0 ? 1 : [written.Statement].flat().length;
  if (document.Statement.length !== count || (path.length > 0 && properties.Policies)) {
    throw new Error(`The policy of ${logicalId} is not the one of its template.`);
  }
}
