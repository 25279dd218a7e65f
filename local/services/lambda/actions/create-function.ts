import type { Access } from '../../../wire/service';
import { describeVersion } from '../describe-function';
import { unqualifiedName } from '../function-arn';
import { createFunction as makeFunction } from '../function-changes';
import type { FunctionSettings } from '../function-configuration';
import { type ActionFactory, functionAccess, passRole } from '../lambda-parts';
import { readCode, type UploadedCode } from '../uploaded-code';

interface CreateFunctionInput extends FunctionSettings {
  readonly FunctionName: string;
  readonly Code: UploadedCode;
  readonly PackageType?: string;
  readonly Publish?: boolean;
  readonly Tags?: Record<string, string>;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html: active at once, though the answer says Pending. */
export const createFunction: ActionFactory = (parts) => ({
  access: (input: CreateFunctionInput, call): Access[] => [
    ...functionAccess(parts, 'CreateFunction')(input, call),
    ...passRole(input.Role),
  ],
  async handle(input: CreateFunctionInput, call) {
    const name = unqualifiedName(input.FunctionName);
    const code = await readCode(parts.host, call.caller, input.Code ?? {}, input.PackageType);
    const latest = makeFunction(parts, name, input, code, { ...input.Tags });
    const described = input.Publish
      ? parts.store.publishVersion(name, undefined, parts.host.kernel.random.uuid())
      : latest;
    return {
      ...describeVersion(described),
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
    };
  },
});
