import { validateDefinition } from '../../../engine/validation/validate-definition';
import type { Action } from '../../../wire/service';
import { constrain } from '../constraints';
import type { MachineType } from '../model';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html */
export interface ValidateInput {
  definition: string;
  type?: MachineType;
  severity?: 'ERROR' | 'WARNING';
  maxResults?: number;
}

const DEFAULT_RESULTS = 100;

/** Gives AWS's diagnostics for a definition; never fails for what is in it. */
export function validateStateMachineDefinition(): Action<ValidateInput> {
  return {
    access: () => [{ action: 'states:ValidateStateMachineDefinition', resource: '*' }],
    handle(input) {
      constrain(input, {
        definition: { required: true, minLength: 1, maxLength: 1048576 },
        type: { values: ['STANDARD', 'EXPRESS'] },
        severity: { values: ['ERROR', 'WARNING'] },
        maxResults: { minimum: 0, maximum: 100 },
      });
      const all = validateDefinition(input.definition, input.type ?? 'STANDARD');
      const wanted = input.severity === 'WARNING' ? all : all.filter((found) => found.severity === 'ERROR');
      const limit = input.maxResults || DEFAULT_RESULTS;
      return {
        result: all.some((found) => found.severity === 'ERROR') ? 'FAIL' : 'OK',
        diagnostics: wanted.slice(0, limit),
        truncated: wanted.length > limit,
      };
    },
  };
}
