import { existsSync } from 'node:fs';
import path from 'node:path';
import { readDefinition, type WorkflowDefinition } from '../constructs/workflow-definition';
import type { MachineSettings } from './callback-rules';
import { functionSeconds } from './function-seconds';
import type { Resource, Template } from './template-rules';
import { hasWaitingCaller } from './waiting-caller';

/** A state machine of a template. */
export interface TemplateDefinition {
  readonly logicalId: string;
  readonly definition: WorkflowDefinition;
  /** The names of its substitutions. */
  readonly substitutions: readonly string[];
  /** How long the functions that they stand for may run, in seconds, by their names. */
  readonly functionSeconds: Readonly<Record<string, number>>;
  readonly settings: MachineSettings;
  readonly isExpress: boolean;
  /** Whether a failure is told to a caller, who waits for each execution. */
  readonly isAnswered: boolean;
}

/**
 * The definitions of a template's state machines, whether they stand in it, with or without intrinsics, or in an asset
 * beside it. Throws an Error for one that cannot be read: what cannot be checked is not shipped.
 */
export function templateDefinitions(template: Template, folder: string): TemplateDefinition[] {
  return Object.entries(template.Resources ?? {})
    .filter(([, resource]) => resource.Type === 'AWS::StepFunctions::StateMachine')
    .map(([logicalId, resource]) => ({
      logicalId,
      definition: definitionOf(logicalId, resource, folder),
      substitutions: Object.keys(resource.Properties?.DefinitionSubstitutions ?? {}),
      functionSeconds: functionSeconds(template, resource.Properties?.DefinitionSubstitutions ?? {}),
      settings: {
        loggingConfiguration: resource.Properties?.LoggingConfiguration,
        encryptionConfiguration: resource.Properties?.EncryptionConfiguration,
      },
      isExpress: resource.Properties?.StateMachineType === 'EXPRESS',
      isAnswered: hasWaitingCaller(template, logicalId),
    }));
}

function definitionOf(logicalId: string, { Properties = {} }: Resource, folder: string): WorkflowDefinition {
  if (Properties.Definition) return Properties.Definition;
  const text = flatten(Properties.DefinitionString);
  if (text !== undefined) return JSON.parse(text);
  const key = Properties.DefinitionS3Location?.Key;
  const file = path.join(folder, `asset.${String(key)}`);
  if (typeof key === 'string' && existsSync(file)) return readDefinition(file);
  throw new Error(`The definition of ${logicalId} is neither in the template nor in ${file}: it cannot be checked.`);
}

/** The text of a string or of a `Fn::Join` of nothing; an intrinsic within it becomes a word that harms no JSON. */
function flatten(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const join = (value as { 'Fn::Join'?: [string, unknown[]] } | undefined)?.['Fn::Join'];
  if (!join) return undefined;
  return join[1].map((part) => (typeof part === 'string' ? part : 'Resolved')).join(join[0]);
}
