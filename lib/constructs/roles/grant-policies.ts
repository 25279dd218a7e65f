import { Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from '../wildcard-acknowledgement';
import type { Grant } from './grant';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, less what the brackets around the statements take. */
const LONGEST_POLICY = 6_144 - 100;
/** What an intrinsic function stands for in the end, at most: the ARN of a function or a queue, or a region in an ARN. */
const LONGEST_ARN = 122;
const LONGEST_PART = 14;

/** The grants as statements; those that name nothing are left out. */
export function statementsOf(grants: readonly Grant[]): PolicyStatement[] {
  return grants
    .filter(({ resources }) => resources.length > 0)
    .map(
      ({ isDenied, actions, resources, conditions }) =>
        new PolicyStatement({
          effect: isDenied ? Effect.DENY : Effect.ALLOW,
          actions: [...actions],
          resources: [...resources],
          conditions: conditions as Record<string, Record<string, unknown>> | undefined,
        }),
    );
}

/** Says of each pattern among the grants why it is one. Throws an Error for a pattern without a reason. */
export function acknowledgePatterns(policy: Construct, grants: readonly Grant[]): void {
  for (const { actions, resources, because } of grants) {
    for (const resource of resources.filter((each) => each.includes('*'))) {
      if (!because) throw new Error(`${actions.join(', ')} on ${resource}: say why it is a pattern.`);
      acknowledgeWildcard(policy, resource, because);
    }
  }
}

/** Managed policies for some grants, as many as IAM needs for so much text: mostly one. They are called `id`, `id2`, and so on. */
export function managedPolicies(
  scope: Construct,
  id: string,
  description: string,
  grants: readonly Grant[],
): CfnManagedPolicy[] {
  const document = new PolicyDocument({ statements: statementsOf(grants), minimize: true });
  const { Statement = [] } = Stack.of(scope).resolve(document) ?? {};
  return inLots(Statement).map((lot, index) => {
    const name = index === 0 ? id : `${id}${index + 1}`;
    const policyDocument = { Version: '2012-10-17', Statement: lot };
    const policy = new CfnManagedPolicy(scope, name, { description, policyDocument });
    acknowledgePatterns(policy, grants);
    return policy;
  });
}

/** The statements in their order, in lots that do not get too long. */
function inLots(statements: readonly object[]): object[][] {
  const lots: object[][] = [];
  let room = 0;
  for (const statement of statements) {
    const length = lengthOf(statement);
    if (length > room) {
      lots.push([]);
      room = LONGEST_POLICY;
    }
    lots.at(-1)!.push(statement);
    room -= length;
  }
  return lots;
}

/** Characters that a part of a template takes in the end, at most. */
function lengthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).length + 1;
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + lengthOf(each), 2);
  if ('Ref' in value) return /^AWS::(?!StackId)/.test(String(value.Ref)) ? LONGEST_PART : LONGEST_ARN;
  if ('Fn::GetAtt' in value) return LONGEST_ARN;
  if ('Fn::Join' in value) return lengthOf((value['Fn::Join'] as unknown[])[1]);
  return Object.entries(value).reduce((sum, [name, member]) => sum + name.length + 4 + lengthOf(member), 2);
}
