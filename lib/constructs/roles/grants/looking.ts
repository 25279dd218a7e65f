import type { Grant } from '../grant';
import type { StackParts } from '../stack-parts';

const EXECUTIONS = 'The executions of one machine, which are named after orders, documents and requests.';

/** What every command needs: what a stack is made of. */
export function findResources({ stack }: StackParts): Grant[] {
  return [{ actions: ['cloudformation:ListStackResources'], resources: [stack.stackId] }];
}

/** Records who did what, and can change no record. */
export function recordActs(parts: StackParts): Grant[] {
  const group = parts.arnsOf('OperatorLogGroupName', (name) => parts.arn('logs', `log-group:${name}`));
  return [
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: group.map((arn) => `${arn}:*`),
      because: 'The streams of one log group: each run of a command has its own.',
    },
  ];
}

/** `dlq list`, `dlq show`: how much lies where, and what. A queue under a key of its own holds task tokens, and stays closed. */
export function lookAtDeadLetters(parts: StackParts): Grant[] {
  const open = parts.deadLetterQueues().filter(({ kmsMasterKeyId }) => kmsMasterKeyId === undefined);
  return [
    { actions: ['sqs:GetQueueAttributes'], resources: parts.queues().map(({ attrArn }) => attrArn) },
    { actions: ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility'], resources: open.map(({ attrArn }) => attrArn) },
    {
      actions: ['dynamodb:GetItem'],
      resources: [...parts.tableOf('OrdersTableName'), ...parts.tableOf('DocumentsTableName')],
    },
  ];
}

/** Which executions there are and how they ended. Of machines that IAM alone guards, input and output can be seen, too. */
export function lookAtExecutions(parts: StackParts): Grant[] {
  return [
    // Of Express machines, too: the commands learn by asking that these keep no list.
    { actions: ['states:ListExecutions'], resources: machineArns(parts) },
    {
      actions: ['states:DescribeExecution'],
      resources: parts.standardMachines().map(({ executions }) => executions),
      because: EXECUTIONS,
    },
  ];
}

/** What executions did, state by state; of machines whose histories are sealed nothing is given away. */
export function readHistories(parts: StackParts): Grant[] {
  const open = parts.standardMachines().filter(({ isSealed }) => !isSealed);
  return [
    {
      actions: ['states:GetExecutionHistory', 'states:DescribeStateMachineForExecution'],
      resources: open.map(({ executions }) => executions),
      because: EXECUTIONS,
    },
  ];
}

/** `stuck list`: rows that wait, and requests that nobody needs an answer to. */
export function lookForStuck(parts: StackParts): Grant[] {
  const [orders] = parts.tableOf('OrdersTableName');
  return [
    ...lookAtExecutions(parts),
    ...readHistories(parts),
    {
      actions: ['dynamodb:Scan'],
      resources: [...(orders ? [`${orders}/index/waiting`] : []), ...parts.tableOf('DocumentsTableName')],
    },
    { actions: ['dynamodb:GetItem'], resources: orders ? [orders] : [] },
    {
      actions: ['s3:ListBucket'],
      resources: parts.arnsOf('DocumentsBucketName', (name) => `arn:${parts.stack.partition}:s3:::${name}`),
    },
    ...readRequests(parts),
  ];
}

/** The operators' API of approvals: what is asked and who has answered; neither tokens nor links. */
export function readRequests(parts: StackParts): Grant[] {
  return [
    {
      actions: ['execute-api:Invoke'],
      resources: approvalRoutes(parts, 'GET/approvals', 'GET/approvals/*'),
      because: 'The requests of one API, each under its id.',
    },
  ];
}

/** ARNs of all machines of a stack. */
export function machineArns(parts: StackParts): string[] {
  return parts.ofType('AWS::StepFunctions::StateMachine').map(({ ref }) => ref);
}

/** ARNs of all machines of a stack, and of their versions and aliases: IAM may be asked of either. */
export function versionArns(parts: StackParts): string[] {
  return machineArns(parts).flatMap((arn) => [arn, `${arn}:*`]);
}

/** Routes of the operators' API in the approvals stack. */
export function approvalRoutes(parts: StackParts, ...routes: readonly string[]): string[] {
  if (parts.output('ApprovalsApiUrl') === undefined) return [];
  return parts
    .ofType('AWS::ApiGatewayV2::Api')
    .flatMap(({ ref }) => routes.map((route) => parts.arn('execute-api', `${ref}/$default/${route}`)));
}

/** `versions list`, `versions executions`. */
export function lookAtVersions(parts: StackParts): Grant[] {
  return [
    ...lookAtExecutions(parts),
    { actions: ['states:ListStateMachineVersions', 'states:ListStateMachineAliases'], resources: machineArns(parts) },
    {
      actions: ['states:DescribeStateMachineAlias'],
      resources: versionArns(parts),
      because: 'The aliases of one machine.',
    },
  ];
}

/** Log events of the functions, the machines, the APIs and the operators of a stack. */
export function readLogs(parts: StackParts, ...actions: readonly string[]): Grant[] {
  const { stackName } = parts.stack;
  return [
    {
      actions: [...actions],
      resources: [
        parts.arn('logs', `log-group:/stepwright/${stackName}/*`),
        parts.arn('logs', `log-group:${stackName}-*`),
        parts.arn('logs', `log-group:/aws/vendedlogs/states/${stackName}-*`),
      ],
      because: 'The log groups of one stack, in whose names its own stands.',
    },
  ];
}
