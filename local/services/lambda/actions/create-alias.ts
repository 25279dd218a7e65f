import { readAlias } from '../alias-settings';
import { describeAlias } from '../describe-function';
import { resourceConflict } from '../faults';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export const createAlias: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'CreateAlias'),
  handle(input) {
    const { store, host } = parts;
    const { functionName } = readFunctionReference(input.FunctionName);
    const { latest, aliases } = store.function(functionName);
    const alias = readAlias(store, functionName, input, host.kernel.random.uuid());
    if (aliases.has(alias.Name)) {
      throw resourceConflict(`Alias already exists: ${latest.FunctionArn}:${alias.Name}`);
    }
    store.setAlias(functionName, alias);
    return describeAlias(alias, latest.FunctionArn);
  },
});
