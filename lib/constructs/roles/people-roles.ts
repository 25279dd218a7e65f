import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRootPrincipal,
  ArnPrincipal,
  CompositePrincipal,
  type IPrincipal,
  Policy,
  PrincipalWithConditions,
  Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Grant } from './grant';
import { acknowledgePatterns, statementsOf } from './grant-policies';
import { type PeopleRole, STACK_GRANTS, StackAccess } from './stack-access';
import { StackParts } from './stack-parts';

/** Who may assume which role: `account`, ARNs of accounts and roles, and of permission sets with a star for their suffix. */
export type People = Readonly<Record<PeopleRole, readonly string[]>>;

/** For whom roles are made, and for which stacks. */
export interface PeopleRolesProps {
  readonly operators: People;
  /** Whole stacks, the one that the roles are in among them: what is added to them later, nobody may use. */
  readonly stacks: readonly Stack[];
}

const NO_RESOURCES = 'These actions know no resource types, or list what the account has.';

/** What the commands ask of the account and not of a stack. */
const OF_THE_ACCOUNT: Readonly<Record<PeopleRole, readonly string[]>> = {
  operator: [
    ...['cloudwatch:GetMetricData', 'cloudwatch:GetMetricStatistics', 'cloudwatch:DescribeAlarms'],
    ...['lambda:ListEventSourceMappings', 'lambda:GetAccountSettings'],
    ...['logs:DescribeLogGroups', 'ses:GetAccount', 'ses:GetEmailIdentity'],
  ],
  auditor: [
    ...['cloudwatch:GetMetricData', 'cloudwatch:GetMetricStatistics', 'cloudwatch:ListMetrics'],
    ...['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'],
    ...['logs:DescribeLogGroups'],
  ],
  onCall: [
    ...['cloudwatch:GetMetricData', 'cloudwatch:GetMetricStatistics', 'cloudwatch:ListMetrics'],
    ...['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'],
    ...['cloudwatch:GetDashboard', 'cloudwatch:ListDashboards'],
    ...['lambda:ListEventSourceMappings', 'lambda:GetAccountSettings', 'ses:GetAccount', 'ses:GetEmailIdentity'],
    ...['logs:DescribeLogGroups', 'logs:GetQueryResults', 'logs:StopQuery'],
    ...['xray:GetTraceSummaries', 'xray:BatchGetTraces', 'xray:GetServiceGraph'],
  ],
};

const DESCRIPTIONS: Readonly<Record<PeopleRole, string>> = {
  operator: 'Works off dead letters, redrives, repairs what stands still, pauses',
  auditor: 'Looks at the audit trail, logs, metrics and executions, and changes nothing',
  onCall: 'Looks at everything that helps, mutes alarms for a time, pauses',
};

const OUTPUTS: Readonly<Record<PeopleRole, string>> = {
  operator: 'OperatorRoleArn',
  auditor: 'AuditorRoleArn',
  onCall: 'OnCallRoleArn',
};

/**
 * The roles of operators, auditors and those on call. Each can do what its commands of `npm run ops` and `npm run audit` do, and
 * nothing else. A role that nobody may assume is not made.
 */
export class PeopleRoles extends Construct {
  constructor(scope: Construct, id: string, { operators, stacks }: PeopleRolesProps) {
    super(scope, id);
    const own = new StackParts(Stack.of(this));
    const others = stacks.filter((stack) => stack !== own.stack);
    const access = others.map((stack) => new StackAccess(stack, 'Access'));
    const wanted = (['operator', 'auditor', 'onCall'] as const).filter((name) => operators[name].length > 0);
    const roles = wanted.map((name) => ({ name, role: this.make(name, operators[name], access) }));
    const roleArns = roles.map(({ role }) => role.roleArn);
    for (const { name, role } of roles) this.grantRest(name, role, own, roleArns);
  }

  private make(name: PeopleRole, callers: readonly string[], access: readonly StackAccess[]): Role {
    const construct = OUTPUTS[name].replace(/RoleArn$/, '');
    const role = new Role(this, construct, {
      description: DESCRIPTIONS[name],
      assumedBy: new CompositePrincipal(...callers.map(principalOf)),
      managedPolicies: access.flatMap((each) => each.policiesOf(this, name)),
      // As long as a shift's worst hour; whoever needs longer assumes it again.
      maxSessionDuration: Duration.hours(1),
    });
    const output = new CfnOutput(this, `${construct}RoleArn`, { value: role.roleArn });
    output.overrideLogicalId(OUTPUTS[name]);
    return role;
  }

  /** What is asked of the account and of this stack: inline, since IAM lets a role have ten managed policies. `readiness` looks at the roles, too. */
  private grantRest(name: PeopleRole, role: Role, own: StackParts, roleArns: readonly string[]): void {
    const grants: Grant[] = [
      ...STACK_GRANTS[name](own),
      { actions: OF_THE_ACCOUNT[name], resources: ['*'], because: NO_RESOURCES },
      { actions: ['iam:GetRole'], resources: name === 'auditor' ? [] : roleArns },
    ];
    const policy = new Policy(role, 'Rest', { statements: statementsOf(grants), roles: [role] });
    acknowledgePatterns(policy, grants);
  }
}

/**
 * A principal cannot be a pattern; for a permission set, whose role gets another suffix whenever it is made anew, the account is let in
 * under the condition that the caller is such a role: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
function principalOf(caller: string): IPrincipal {
  if (caller === 'account') return new AccountRootPrincipal();
  if (!caller.includes('*')) return new ArnPrincipal(caller);
  const account = caller.split(':').slice(0, 5).join(':');
  const root = new ArnPrincipal(`${account}:root`);
  return new PrincipalWithConditions(root, { ArnLike: { 'aws:PrincipalArn': caller } });
}
