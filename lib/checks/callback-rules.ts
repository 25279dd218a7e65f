import type { WorkflowDefinition } from '../constructs/workflow-definition';
import type { Finding } from './finding';
import { nestedMachines } from './nested-machines';

/** What a template says of a state machine beside its definition; intrinsics are taken as they stand. */
export interface MachineSettings {
  readonly loggingConfiguration?: { readonly Level?: unknown; readonly IncludeExecutionData?: unknown };
  readonly encryptionConfiguration?: { readonly Type?: unknown; readonly KmsKeyId?: unknown };
}

/**
 * Refuses a machine that waits for a task token where somebody else could read the token, which stands in the parameters
 * of the state that asks: whoever has it decides in the approver's place.
 */
export function callbackFindings(definition: WorkflowDefinition, settings: MachineSettings): Finding[] {
  const asking = nestedMachines(definition)
    .flatMap(({ machine }) => Object.entries(machine.States))
    .filter(([, state]) => String(state.Resource).endsWith('.waitForTaskToken'))
    .map(([name]) => name);
  const [subject] = asking;
  if (subject === undefined) return [];
  return [...loggingFindings(subject, settings), ...encryptionFindings(subject, settings)];
}

function loggingFindings(subject: string, { loggingConfiguration }: MachineSettings): Finding[] {
  const { Level = 'OFF', IncludeExecutionData = false } = loggingConfiguration ?? {};
  if (Level === 'OFF' || IncludeExecutionData === false) return [];
  return [
    {
      rule: 'token-logged',
      subject,
      message: `${subject} hands on a task token, and the machine logs execution data: the token would stand in its log.`,
      fix: 'Set includeExecutionData to false.',
    },
  ];
}

function encryptionFindings(subject: string, { encryptionConfiguration }: MachineSettings): Finding[] {
  const { Type, KmsKeyId } = encryptionConfiguration ?? {};
  if (Type === 'CUSTOMER_MANAGED_KMS_KEY' && KmsKeyId !== undefined) return [];
  return [
    {
      rule: 'token-readable',
      subject,
      message: `${subject} hands on a task token, and whoever may read the machine's histories reads it.`,
      fix: 'Give the machine an encryptionKey: the construct WorkflowKey.',
    },
  ];
}
