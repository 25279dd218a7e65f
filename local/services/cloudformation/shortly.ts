import type { Kernel } from '../../kernel/kernel';

/** About as long as an answer of AWS takes. */
const PATIENCE_MS = 500;

/**
 * Waits for the end of an operation for as long as an answer may take: tools that look every few seconds find it done the first
 * time. How it ends stands in the stack's status; a failure is not this caller's.
 */
export function shortly(kernel: Kernel, done: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = kernel.clock.schedule(kernel.clock.now() + PATIENCE_MS, () => resolve());
    const end = () => {
      timer.cancel();
      resolve();
    };
    done.then(end, end);
  });
}
