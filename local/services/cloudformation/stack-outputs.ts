import { intrinsicName, resolveIntrinsics } from '../../assembly/intrinsics';
import type { Scope } from '../../assembly/scope';
import { resolveDynamicReferences } from './dynamic-references';
import { validationError } from './faults';
import type { OutputRecord, StackRecord } from './model';
import type { PreparedStack } from './prepare-stack';
import type { StackTools } from './stack-tools';

/**
 * A stack's outputs, those whose condition holds. Rejects with a ValidationError when a value is no text, when an export's
 * name is taken, or when an export that another stack uses would go or change.
 */
export async function resolveOutputs(
  tools: StackTools,
  stack: StackRecord,
  { template }: PreparedStack,
  scope: Scope,
): Promise<Record<string, OutputRecord>> {
  const outputs: Record<string, OutputRecord> = {};
  for (const [id, output] of Object.entries(template.Outputs ?? {})) {
    if (output.Condition !== undefined && !scope.conditions[output.Condition]) continue;
    const value = await resolveDynamicReferences(resolveIntrinsics(output.Value, scope), tools.host);
    const exportName = output.Export && resolveIntrinsics(output.Export.Name, scope);
    outputs[id] = {
      value: textOf(id, value),
      description: output.Description,
      exportName: exportName === undefined ? undefined : String(exportName),
    };
  }
  checkExports(tools, stack, Object.values(outputs));
  return outputs;
}

function checkExports(tools: StackTools, stack: StackRecord, outputs: readonly OutputRecord[]): void {
  const next = new Map(outputs.flatMap(({ exportName, value }) => (exportName ? [[exportName, value]] : [])));
  for (const name of next.keys()) {
    const owner = tools.store.exported(name)?.stack;
    if (owner && owner.stackId !== stack.stackId) {
      throw validationError(`Export with name ${name} is already exported by stack ${owner.stackName}`);
    }
  }
  for (const { exportName, value } of Object.values(stack.outputs)) {
    if (!exportName || next.get(exportName) === value) continue;
    const importers = tools.store.importersOf(exportName);
    if (importers.length === 0) continue;
    const verb = next.has(exportName) ? 'updated' : 'deleted';
    throw validationError(`Export ${exportName} cannot be ${verb} as it is in use by ${importers.join(', ')}`);
  }
}

function textOf(id: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const shown = intrinsicName(value) ?? JSON.stringify(value);
  throw validationError(
    `Template format error: Output ${id} is malformed. The Value field of every Outputs member must evaluate to a String; it is ${shown}`,
  );
}
