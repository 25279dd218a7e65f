import { changedAssembly, synthesizedTemplate } from '../support/changed-assembly';
import { type EmbeddedStacks, startStacks } from '../support/embedded-stacks';
import { nextRefusal, removeAction } from '../support/missing-grant';

/** One grant of each role, and what makes the role use it. */
export interface Missing {
  /** What the role's logical id begins with, and that of no other role. */
  readonly role: string;
  readonly action: string;
  /** A part of the resource's ARN. */
  readonly resource: string;
  provoke(stacks: EmbeddedStacks): Promise<unknown>;
}

const order = (orderId: string) => ({ orderId, lines: [{ sku: 'lamp', quantity: 1 }] });
const place = (orderId: string, fault?: [string, string]) => async (stacks: EmbeddedStacks) => {
  await stacks.stock('lamp', 10);
  if (fault) await stacks.fault(orderId, ...fault);
  await stacks.publish(order(orderId));
};

const reconcile = ({ call, outputs }: EmbeddedStacks) =>
  call('states', 'StartExecution', { stateMachineArn: outputs.ReconciliationMachineArn });

/** A schedule that is changed begins anew, at once. */
const beginSchedule =
  (part: string) =>
  async ({ call }: EmbeddedStacks) => {
    const { Schedules } = await call('scheduler', 'ListSchedules', {});
    const { Name } = Schedules.find((schedule: any) => schedule.Name.includes(part));
    const { ScheduleExpression, FlexibleTimeWindow, Target } = await call('scheduler', 'GetSchedule', { Name });
    await call('scheduler', 'UpdateSchedule', { Name, ScheduleExpression, FlexibleTimeWindow, Target });
  };

/** One of each role of the orders stack. */
export const MISSING: readonly Missing[] = [
  {
    role: 'ApiPlaceOrder',
    action: 'events:PutEvents',
    resource: 'event-bus/',
    provoke: async (stacks) => {
      await stacks.stock('lamp', 10);
      await stacks.api('POST', '/orders', JSON.stringify(order('post')));
    },
  },
  {
    role: 'ApiGetOrder',
    action: 'dynamodb:GetItem',
    resource: 'OrdersTable',
    provoke: (stacks) => stacks.api('GET', '/orders/any'),
  },
  {
    role: 'IntakeStartOrders',
    action: 'states:StartExecution',
    resource: 'orders-saga',
    provoke: place('start'),
  },
  { role: 'WorkflowsOrders', action: 'lambda:InvokeFunction', resource: 'ChargePayment', provoke: place('invoke') },
  { role: 'StepsChargePayment', action: 'dynamodb:PutItem', resource: 'IdempotencyTable', provoke: place('charge') },
  { role: 'StepsShipOrder', action: 'dynamodb:PutItem', resource: 'IdempotencyTable', provoke: place('ship') },
  {
    role: 'StepsCancelShipment',
    action: 'dynamodb:PutItem',
    resource: 'IdempotencyTable',
    provoke: place('cancel', ['book', 'decline']),
  },
  {
    role: 'StepsRefundPayment',
    action: 'dynamodb:PutItem',
    resource: 'IdempotencyTable',
    provoke: place('refund', ['charge', 'decline']),
  },
  {
    role: 'StepsReleaseStock',
    action: 'dynamodb:UpdateItem',
    resource: 'OrdersTable',
    provoke: place('release', ['charge', 'decline']),
  },
  {
    role: 'WorkflowsUndo',
    action: 'dynamodb:UpdateItem',
    resource: 'OrdersTable',
    provoke: ({ call, outputs }) =>
      call('states', 'StartExecution', {
        stateMachineArn: outputs.UndoMachineArn,
        input: JSON.stringify({
          orderId: 'undo',
          failure: { Error: 'Test', Cause: '', step: 'none' },
          undoFailures: [],
        }),
      }),
  },
  {
    role: 'RecoveryRecoverOrders',
    action: 'states:StartExecution',
    resource: 'orders-undo',
    provoke: async ({ call, outputs }) => {
      const stateMachineArn = outputs.OrdersMachineArn!;
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:lost`;
      const detail = { executionArn, stateMachineArn, name: 'lost', status: 'ABORTED', input: '{"orderId":"lost"}' };
      const event = {
        version: '0',
        id: 'e',
        'detail-type': 'Step Functions Execution Status Change',
        source: 'aws.states',
      };
      const envelope = { ...event, account: '0', time: new Date(0).toISOString(), region: 'us-east-1', resources: [] };
      await call('sqs', 'SendMessage', {
        QueueUrl: outputs.RecoveryQueueUrl,
        MessageBody: JSON.stringify({ ...envelope, detail }),
      });
    },
  },
  {
    role: 'ReconciliationReconcileOrders',
    action: 'dynamodb:Scan',
    resource: 'index/waiting',
    provoke: reconcile,
  },
  {
    role: 'ReconciliationReconcilePaymen',
    action: 'dynamodb:Scan',
    resource: 'PaymentsTable',
    provoke: reconcile,
  },
  {
    role: 'ReconciliationWorkflow',
    action: 'lambda:InvokeFunction',
    resource: 'ReconcileOrders',
    provoke: reconcile,
  },
  {
    role: 'ReconciliationSchedule',
    action: 'states:StartExecution',
    resource: 'orders-reconciliation',
    provoke: beginSchedule('orders-Reconciliation'),
  },
  {
    role: 'CostWatchRole',
    action: 'lambda:InvokeFunction',
    resource: 'WatchCosts',
    provoke: beginSchedule('orders-CostWatch'),
  },
  {
    role: 'EventsPublishOrderEvents',
    action: 'events:PutEvents',
    resource: 'event-bus/',
    provoke: ({ call, outputs }) =>
      call('dynamodb', 'PutItem', {
        TableName: outputs.OrdersTableName,
        Item: {
          orderId: { S: 'done' },
          status: { S: 'OrderConfirmed' },
          totalCents: { N: '1' },
          currency: { S: 'EUR' },
          lines: { L: [] },
          createdAt: { S: '2026-01-01T00:00:00.000Z' },
          updatedAt: { S: '2026-01-01T00:00:00.000Z' },
        },
      }),
  },
];

export const template = synthesizedTemplate('orders');

/** The message with which a role without a grant is refused. */
export async function refusalWithout(missing: Missing): Promise<string> {
  const stacks = await startStacks(assemblyWithout(missing));
  try {
    const refusal = nextRefusal(stacks.embedded, missing.action);
    await missing.provoke(stacks);
    return await refusal;
  } finally {
    await stacks.embedded.stop();
  }
}

/** Whether it names the role, the action and the resource. */
export function namesAll(message: string, { role, action, resource }: Missing): boolean {
  const who = `^User: arn:aws:sts::000000000000:assumed-role/[^ ]*${role}[^ ]*`;
  return new RegExp(`${who} is not authorized to perform: ${action} on resource: arn:aws:[^ ]*${resource}`).test(
    message,
  );
}

/** The tests' assembly, one action taken from the policy of one role. */
function assemblyWithout({ role, action }: Missing): string {
  return changedAssembly('orders', ({ Resources }) => {
    let removed = 0;
    for (const [id, { Type, Properties }] of Object.entries<any>(Resources)) {
      if (Type === 'AWS::IAM::Policy' && id.startsWith(role))
        removed += removeAction(Properties.PolicyDocument, action);
    }
    if (removed === 0) throw new Error(`${role} has no grant of ${action} that could be removed`);
  });
}
