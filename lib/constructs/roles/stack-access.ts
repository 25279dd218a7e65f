import type { Stack } from 'aws-cdk-lib';
import { type IManagedPolicy, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Grant } from './grant';
import { managedPolicies } from './grant-policies';
import {
  fixStuck,
  muteAlarms,
  pauseIntakes,
  pruneVersions,
  redriveExecutions,
  replayDeadLetters,
} from './grants/acting';
import {
  findResources,
  lookAtDeadLetters,
  lookAtExecutions,
  lookAtVersions,
  lookForStuck,
  readHistories,
  readLogs,
  readRequests,
  recordActs,
} from './grants/looking';
import { checkReadiness, measureCost } from './grants/measuring';
import { StackParts } from './stack-parts';

/** The parts that people play. */
export type PeopleRole = 'operator' | 'auditor' | 'onCall';

/** What each may do with a stack, given its parts. Nobody may read task tokens, open sealed histories, decide requests, or change what was deployed. */
export const STACK_GRANTS: Readonly<Record<PeopleRole, (parts: StackParts) => Grant[]>> = {
  operator: (parts) => [
    ...findResources(parts),
    ...recordActs(parts),
    ...lookAtDeadLetters(parts),
    ...lookForStuck(parts),
    ...lookAtVersions(parts),
    ...measureCost(parts),
    ...checkReadiness(parts),
    ...replayDeadLetters(parts),
    ...redriveExecutions(parts),
    ...fixStuck(parts),
    ...pauseIntakes(parts),
    ...pruneVersions(parts),
  ],
  auditor: (parts) => [
    ...findResources(parts),
    ...lookAtExecutions(parts),
    ...lookAtVersions(parts),
    ...readRequests(parts),
    { actions: ['dynamodb:Scan', 'dynamodb:Query'], resources: parts.tableOf('ApprovalAuditTableName') },
    ...readLogs(parts, 'logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:DescribeLogStreams'),
  ],
  onCall: (parts) => [
    ...findResources(parts),
    ...recordActs(parts),
    ...lookAtDeadLetters(parts),
    ...lookForStuck(parts),
    ...readHistories(parts),
    ...lookAtVersions(parts),
    ...measureCost(parts),
    ...checkReadiness(parts),
    ...readLogs(parts, 'logs:GetLogEvents', 'logs:DescribeLogStreams', 'logs:StartQuery'),
    ...pauseIntakes(parts),
    ...muteAlarms(parts),
  ],
};

/**
 * What operators, auditors and those on call may do with one stack: managed policies, made of what the stack holds. They are there
 * whether or not somebody has the role, and exported, so that a role can come and go without the stacks waiting for one another; whoever
 * comes by IAM Identity Center can have them in a permission set.
 */
export class StackAccess extends Construct {
  private readonly arns: Readonly<Record<PeopleRole, readonly string[]>>;

  constructor(
    private readonly stack: Stack,
    id: string,
  ) {
    super(stack, id);
    const parts = new StackParts(stack);
    this.arns = {
      operator: this.make('Operator', 'operators', STACK_GRANTS.operator(parts)),
      auditor: this.make('Auditor', 'auditors', STACK_GRANTS.auditor(parts)),
      onCall: this.make('OnCall', 'those on call', STACK_GRANTS.onCall(parts)),
    };
  }

  /** The policies of a role, for another stack. */
  policiesOf(scope: Construct, role: PeopleRole): IManagedPolicy[] {
    return this.arns[role].map((arn, index) =>
      ManagedPolicy.fromManagedPolicyArn(scope, `${role}Of${this.stack.node.id}${index + 1}`, arn),
    );
  }

  private make(id: string, who: string, grants: readonly Grant[]): string[] {
    const policies = managedPolicies(this, id, `What ${who} may do with ${this.stack.stackName}`, grants);
    for (const { ref } of policies) this.stack.exportValue(ref);
    return policies.map(({ ref }) => ref);
  }
}
