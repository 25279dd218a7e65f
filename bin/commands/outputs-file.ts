import { readFileSync } from 'node:fs';

/** The outputs of the orders stack that a client needs; the names are those of the template's `Outputs`. */
export interface OrdersOutputs {
  readonly Region: string;
  readonly Stage: string;
  readonly OrdersApiUrl: string;
  readonly OrderBusName: string;
  readonly OrdersMachineArn: string;
  readonly UndoMachineArn: string;
  readonly OrdersTableName: string;
  readonly StockTableName: string;
  readonly IdempotencyTableName?: string;
  readonly PaymentsTableName?: string;
  readonly ShipmentsTableName?: string;
  readonly FaultsTableName?: string;
  readonly OrderQueueUrl: string;
  readonly OrderDeadLetterQueueUrl: string;
  readonly ReviewQueueUrl: string;
  readonly OrderEventsProbeQueueUrl?: string;
}

const REQUIRED = [
  'Region',
  'OrdersApiUrl',
  'OrderBusName',
  'OrdersMachineArn',
  'UndoMachineArn',
  'OrdersTableName',
  'StockTableName',
  'OrderQueueUrl',
  'OrderDeadLetterQueueUrl',
  'ReviewQueueUrl',
] as const;

/**
 * Reads a file in the format of `cdk deploy --outputs-file` and gives the outputs of the orders stack in it.
 * Throws an Error that names the file and what is missing.
 */
export function readOrdersOutputs(file: string): OrdersOutputs {
  let stacks: Record<string, Record<string, string>>;
  try {
    stacks = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The outputs file ${file} cannot be read (${reason}). Write it with cdk deploy --outputs-file ${file}.`,
    );
  }
  const stack = Object.values(stacks).find((outputs) => 'OrdersMachineArn' in outputs);
  if (!stack)
    throw new Error(`The outputs file ${file} has no stack with the output OrdersMachineArn: deploy the orders stack.`);
  const missing = REQUIRED.filter((name) => !stack[name]);
  if (missing.length > 0)
    throw new Error(`The outputs file ${file} lacks ${missing.join(', ')}: deploy the stack again.`);
  return stack as unknown as OrdersOutputs;
}
