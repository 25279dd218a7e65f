import { describeAlias } from '../describe-function';
import { notFound } from '../faults';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export const getAlias: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'GetAlias'),
  handle(input) {
    const { functionName } = readFunctionReference(input.FunctionName);
    const { latest, aliases } = parts.store.function(functionName);
    const alias = aliases.get(input.Name);
    if (!alias) throw notFound(`Cannot find alias arn: ${latest.FunctionArn}:${input.Name}`);
    return describeAlias(alias, latest.FunctionArn);
  },
});
