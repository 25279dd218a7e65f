import { describeVersion } from '../describe-function';
import { invalidParameter } from '../faults';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';
import { checkRevision } from '../revision';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
export const publishVersion: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'PublishVersion'),
  handle(input) {
    const { functionName } = readFunctionReference(input.FunctionName);
    const { latest } = parts.store.function(functionName);
    checkRevision(input.RevisionId, latest.RevisionId);
    if (input.CodeSha256 && input.CodeSha256 !== latest.CodeSha256) {
      throw invalidParameter(
        `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${latest.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
      );
    }
    const revisionId = parts.host.kernel.random.uuid();
    return describeVersion(parts.store.publishVersion(functionName, input.Description, revisionId));
  },
});
