import type { Access } from '../../../wire/service';
import { describeVersion } from '../describe-function';
import { readFunctionReference } from '../function-arn';
import { changeSettings, updateFunction } from '../function-changes';
import type { FunctionSettings } from '../function-configuration';
import { type ActionFactory, functionAccess, passRole } from '../lambda-parts';
import { checkRevision } from '../revision';

interface UpdateFunctionConfigurationInput extends FunctionSettings {
  readonly FunctionName: string;
  readonly RevisionId?: string;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html: members left out keep their value. */
export const updateFunctionConfiguration: ActionFactory = (parts) => ({
  access: (input: UpdateFunctionConfigurationInput, call): Access[] => [
    ...functionAccess(parts, 'UpdateFunctionConfiguration')(input, call),
    ...passRole(input.Role),
  ],
  handle(input: UpdateFunctionConfigurationInput) {
    const { functionName } = readFunctionReference(input.FunctionName);
    const { latest } = parts.store.function(functionName);
    checkRevision(input.RevisionId, latest.RevisionId);
    return {
      ...describeVersion(updateFunction(parts, functionName, changeSettings(latest, input), latest)),
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReason: 'The function is being created.',
      LastUpdateStatusReasonCode: 'Creating',
    };
  },
});
