import type { Template } from '../../../local/assembly/template';

/** What a machine that asks has to know of the approvals stack. */
export interface ApprovalsOutputs {
  readonly ApprovalsQueueUrl: string;
  readonly ApprovalsQueueArn: string;
  readonly ApprovalsKeyArn: string;
}

/** How long the machine waits for an answer: more than the longest request is open. */
const TIMEOUT_SECONDS = 32_000_000;

/**
 * A machine whose input is the ask: approvers, terms, payload. It adds what is its own to say, as the product's machines
 * do, and its result is the decision. The key of the request is the execution's ARN.
 */
export function askingMachine(outputs: ApprovalsOutputs): Template {
  const own = {
    kind: "'ask'",
    version: '1',
    requestKey: '$states.context.Execution.Id',
    attempt: '$states.context.State.RetryCount',
    taskToken: '$states.context.Task.Token',
    askedAt: '$states.context.State.EnteredTime',
  };
  const members = Object.entries(own).map(([name, value]) => `'${name}': ${value}`);
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'AskApproval',
    States: {
      AskApproval: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Arguments: {
          QueueUrl: outputs.ApprovalsQueueUrl,
          MessageBody: `{% $merge([$states.input, {${members.join(', ')}}]) %}`,
        },
        TimeoutSeconds: TIMEOUT_SECONDS,
        End: true,
      },
    },
  };
  const allow = (Action: string[], Resource: string) => ({ Effect: 'Allow', Action, Resource });
  return {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
          Policies: [
            {
              PolicyName: 'ask',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  allow(['sqs:SendMessage'], outputs.ApprovalsQueueArn),
                  allow(['kms:Decrypt', 'kms:GenerateDataKey'], outputs.ApprovalsKeyArn),
                ],
              },
            },
          ],
        },
      },
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, DefinitionString: JSON.stringify(definition) },
      },
    },
    Outputs: { MachineArn: { Value: { Ref: 'Machine' } } },
  } as Template;
}
