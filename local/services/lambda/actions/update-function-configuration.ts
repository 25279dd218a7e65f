import { describeVersion } from '../describe-function';
import { readFunctionReference } from '../function-arn';
import { updateFunction } from '../function-changes';
import type { FunctionSettings } from '../function-configuration';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html: members left out keep their value. */
export const updateFunctionConfiguration: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'UpdateFunctionConfiguration'),
  handle(input: FunctionSettings & { FunctionName: string }) {
    const { functionName } = readFunctionReference(input.FunctionName);
    const { latest } = parts.store.function(functionName);
    const settings: FunctionSettings = {
      Role: input.Role ?? latest.Role,
      Handler: input.Handler ?? latest.Handler,
      Runtime: input.Runtime ?? latest.Runtime,
      Timeout: input.Timeout ?? latest.Timeout,
      MemorySize: input.MemorySize ?? latest.MemorySize,
      Description: input.Description ?? latest.Description,
      Environment: input.Environment ?? { Variables: latest.Environment },
      Architectures: [...latest.Architectures],
      EphemeralStorage: input.EphemeralStorage ?? { Size: latest.EphemeralStorageSize },
      TracingConfig: input.TracingConfig ?? { Mode: latest.TracingMode },
      DeadLetterConfig: input.DeadLetterConfig ?? { TargetArn: latest.DeadLetterTargetArn },
      LoggingConfig: input.LoggingConfig ?? latest.LoggingConfig,
    };
    return describeVersion(updateFunction(parts, functionName, settings, latest.Code));
  },
});
