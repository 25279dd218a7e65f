import type { Action } from '../../../wire/service';
import { invalidParameter, missingParameter, tooManyActions } from '../faults';
import { policyWith, statementsOf } from '../queue-policy';
import type { Sqs } from '../sqs';

interface AddPermissionInput {
  readonly QueueUrl?: string;
  readonly Label?: string;
  readonly AWSAccountIds?: readonly string[];
  readonly Actions?: readonly string[];
}

const MOST_ACTIONS = 7;
/** Actions that a statement may name; those of a queue's owner alone are not among them. */
const GRANTABLE = [
  '*',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
];

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html */
export function addPermission(sqs: Sqs): Action<AddPermissionInput> {
  return {
    access: sqs.accessOn('AddPermission'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      const { label, accounts, actions } = checked(input);
      const statements = statementsOf(queue);
      if (statements.some(({ Sid }) => Sid === label)) throw invalidParameter('Label', label, 'Already exists.');
      const principals = accounts.map((account) => `arn:aws:iam::${account}:root`);
      const names = actions.map((action) => `SQS:${action}`);
      const statement = {
        Sid: label,
        Effect: 'Allow',
        Principal: { AWS: principals.length === 1 ? principals[0] : principals },
        Action: names.length === 1 ? names[0] : names,
        Resource: queue.arn,
      };
      sqs.store.setAttributes(queue, { Policy: policyWith(queue, [...statements, statement]) }, sqs.now());
    },
  };
}

function checked({ Label: label, AWSAccountIds: accounts = [], Actions: actions = [] }: AddPermissionInput) {
  if (!label) throw missingParameter('Label');
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(label)) {
    throw invalidParameter('Label', label, 'Must be alphanumeric, hyphens or underscores, 1 to 80 in length.');
  }
  if (actions.length === 0) throw missingParameter('Actions');
  if (accounts.length === 0) throw missingParameter('AWSAccountIds');
  if (actions.length > MOST_ACTIONS) throw tooManyActions(actions.length);
  for (const action of actions) {
    if (!GRANTABLE.includes(action)) {
      const reason = 'Only the queue owner is allowed to invoke this action.';
      throw invalidParameter('ActionName', `SQS:${action}`, reason);
    }
  }
  for (const account of accounts) {
    if (!/^\d{12}$/.test(account)) {
      throw invalidParameter('PrincipalId', `[${accounts.join(', ')}]`, 'Unable to verify.');
    }
  }
  return { label, accounts, actions };
}
