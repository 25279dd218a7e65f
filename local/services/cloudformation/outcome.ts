import { type Applied, applyTemplate } from './apply-template';
import type { StackRecord } from './model';
import type { PreparedStack } from './prepare-stack';
import { resolveOutputs } from './stack-outputs';
import type { StackTools } from './stack-tools';

/** What became of a template: why it failed, if it did. */
export interface Outcome {
  /** One line per resource; empty when all went well. */
  readonly reasons: readonly string[];
  /** The reason that the stack's status gets. */
  readonly summary: string;
}

/** Applies a template to a stack and, when that went well, sets its outputs. */
export async function applyWithOutputs(
  tools: StackTools,
  stack: StackRecord,
  prepared: PreparedStack,
): Promise<Outcome> {
  const { failures, imports } = await applyTemplate(tools, stack, prepared);
  const reasons = failures.map(reasonLine);
  let summary = summaryOf(failures);
  if (reasons.length === 0) {
    try {
      const all = new Set(imports);
      const outputs = await resolveOutputs(tools, stack, prepared, prepared.scope(stack, all));
      tools.store.change(stack.stackId, { outputs, imports: [...all] });
    } catch (error) {
      summary = (error as Error).message;
      reasons.push(summary);
    }
  }
  return { reasons, summary };
}

/** The reason of a stack's status when resources could not be made or changed. */
export function summaryOf(failures: Applied['failures']): string {
  return ['create', 'update']
    .map((verb) => ({
      verb,
      ids: failures.filter((failure) => failure.verb === verb).map(({ logicalId }) => logicalId),
    }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ verb, ids }) => `The following resource(s) failed to ${verb}: [${ids.join(', ')}].`)
    .join(' ');
}

/** The reason of a stack's status when resources could not be deleted or put back; undefined when all could. */
export function stuckReason(failures: readonly { logicalId: string }[], verb: string): string | undefined {
  if (failures.length === 0) return undefined;
  return `The following resource(s) failed to ${verb}: [${failures.map(({ logicalId }) => logicalId).join(', ')}]. `;
}

/** A resource's failure as one line. */
export function reasonLine({ logicalId, reason }: { logicalId: string; reason: string }): string {
  return `${logicalId}: ${reason}`;
}
