import { describeAlias } from '../describe-function';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';
import { page } from '../page';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export const listAliases: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'ListAliases'),
  handle(input) {
    const { latest, aliases } = parts.store.function(readFunctionReference(input.FunctionName).functionName);
    const { items, NextMarker } = page(Object.values(aliases), input);
    return { Aliases: items.map((alias) => describeAlias(alias, latest.FunctionArn)), NextMarker };
  },
});
