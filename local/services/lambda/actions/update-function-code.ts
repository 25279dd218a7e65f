import { describeVersion } from '../describe-function';
import { readFunctionReference } from '../function-arn';
import { changeSettings, updateFunction } from '../function-changes';
import { type ActionFactory, functionAccess } from '../lambda-parts';
import { checkRevision } from '../revision';
import { readCode, type UploadedCode } from '../uploaded-code';

interface UpdateFunctionCodeInput extends UploadedCode {
  readonly FunctionName: string;
  readonly Architectures?: string[];
  readonly DryRun?: boolean;
  readonly Publish?: boolean;
  readonly RevisionId?: string;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export const updateFunctionCode: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'UpdateFunctionCode'),
  async handle(input: UpdateFunctionCodeInput, call) {
    const { store, host } = parts;
    const { functionName } = readFunctionReference(input.FunctionName);
    store.function(functionName);
    const code = await readCode(host, call.caller, input);
    const { latest } = store.function(functionName);
    checkRevision(input.RevisionId, latest.RevisionId);
    if (input.DryRun) return describeVersion({ ...latest, ...code });
    const settings = changeSettings(latest, { Architectures: input.Architectures });
    const updated = updateFunction(parts, functionName, settings, code);
    if (input.Publish) return describeVersion(store.publishVersion(functionName, undefined, host.kernel.random.uuid()));
    return {
      ...describeVersion(updated),
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReason: 'The function is being created.',
      LastUpdateStatusReasonCode: 'Creating',
    };
  },
});
