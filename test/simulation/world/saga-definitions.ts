import path from 'node:path';
import { readDefinition, startingAt, type WorkflowDefinition } from '../../../lib/constructs/workflow-definition';
import { APPROVAL_TIMEOUT_SECONDS, QUEUES } from './names';

const MACHINES = path.resolve(__dirname, '../../../statemachines');
const SAGA = readDefinition(path.join(MACHINES, 'orders/saga.asl.json'));
const RECONCILIATION = readDefinition(path.join(MACHINES, 'orders-reconciliation/reconcile.asl.json'));

/** The functions and tables go by the names of their placeholders. */
const SUBSTITUTIONS: Readonly<Record<string, string>> = {
  OrdersTable: 'orders',
  StockTable: 'stock',
  ReviewQueue: QUEUES.review,
  ApprovalsQueue: QUEUES.approvals,
  ApprovalTerms: '{}',
  ApprovalTimeoutSeconds: String(APPROVAL_TIMEOUT_SECONDS),
};

/** The names of all states of the definition. */
export const SAGA_STATES: readonly string[] = Object.keys(SAGA.States);

/** Changes the definition, to see whether the search notices. */
export type DefinitionEdit = (definition: any) => void;

/** The definitions of all three machines as the stack makes them from the two files. */
export function sagaDefinitions(
  timeoutSeconds: { orders: number; undo: number },
  edit?: DefinitionEdit,
): { orders: string; undo: string; reconciliation: string } {
  const definition: WorkflowDefinition = edit ? structuredClone(SAGA) : SAGA;
  edit?.(definition);
  const text = (part: WorkflowDefinition, TimeoutSeconds: number) =>
    JSON.stringify({ ...part, TimeoutSeconds }).replace(
      /\$\{([A-Za-z0-9]+)\}/g,
      (_, name: string) => SUBSTITUTIONS[name] ?? name,
    );
  return {
    orders: text(definition, timeoutSeconds.orders),
    undo: text(startingAt(definition, 'CancelOrder'), timeoutSeconds.undo),
    reconciliation: text(RECONCILIATION, 1800),
  };
}
