import { Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcard } from './wildcard-acknowledgement';
import { allStates, isDistributedMap, type WorkflowDefinition } from './workflow-definition';

/**
 * Lets a machine's role run the Distributed Maps of its definition: start executions of the machine itself, and look
 * after those that it started. https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 * The ARNs are made of the machine's name, since a policy that named the machine would wait for it, and it for the policy.
 * Throws an Error for a Map without a Label, under which alone its executions can be granted.
 */
export function allowMapRuns(role: IRole, machineName: string, definition: WorkflowDefinition): void {
  const maps = allStates(definition).filter(([, state]) => isDistributedMap(state));
  if (maps.length === 0) return;
  const { account, partition, region } = Stack.of(role);
  const arn = (resource: string) => `arn:${partition}:states:${region}:${account}:${resource}`;
  const executions = arn(`execution:${machineName}:*`);
  const grant = (actions: string[], resource: string) =>
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
  grant(['states:StartExecution'], arn(`stateMachine:${machineName}`));
  grant(['states:DescribeExecution', 'states:StopExecution'], executions);
  acknowledgeWildcard(role, executions, 'The executions of this machine, which are named when they start.');
  for (const [name, { Label: label }] of maps) {
    if (typeof label !== 'string') {
      throw new Error(`The Distributed Map ${name} has no Label: its role could not be granted what it starts.`);
    }
    const children = arn(`execution:${machineName}/${label}:*`);
    grant(['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'], children);
    acknowledgeWildcard(role, children, 'The children of one Map, which Step Functions names itself.');
  }
}
