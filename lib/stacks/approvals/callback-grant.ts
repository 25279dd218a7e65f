import { Stack } from 'aws-cdk-lib';
import type { TaskFunction } from '../../constructs/task-function';

/**
 * Lets a function answer workflows that wait. Step Functions authorizes the callback against the state machine that waits:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
 */
export function allowCallbacks(task: TaskFunction, actions: readonly string[]): void {
  const machines = Stack.of(task).formatArn({ service: 'states', resource: 'stateMachine:*' });
  task.allow(actions, machines);
  task.acknowledgeWildcard(
    machines,
    'Any machine of the account may ask for approvals; without its task token nothing can be answered.',
  );
}
