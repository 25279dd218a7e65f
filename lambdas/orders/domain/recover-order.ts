import { readEndedExecution } from './ended-execution';
import { createUndoDeadOrder, type UndoDeadOrderProps } from './undo-dead-order';

/**
 * Undoes an order whose execution ended where no Catch of its own could act: stopped from outside, timed out as a
 * whole, or failed by the runtime. An order that has one of the four ends is left alone. Any failure is thrown, so
 * that the message comes back.
 */
export function createRecoverOrder(props: UndoDeadOrderProps) {
  const undoDeadOrder = createUndoDeadOrder(props);
  return async ({ body }: { body: string }): Promise<void> => {
    await undoDeadOrder(readEndedExecution(body));
  };
}
