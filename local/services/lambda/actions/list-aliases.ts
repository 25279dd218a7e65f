import { describeAlias } from '../describe-function';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';
import type { FunctionAlias } from '../model';
import { page } from '../page';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export const listAliases: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'ListAliases'),
  handle(input) {
    const { latest, aliases } = parts.store.function(readFunctionReference(input.FunctionName).functionName);
    const { FunctionVersion } = input;
    const found = [...aliases.values()].filter((alias) => !FunctionVersion || namesVersion(alias, FunctionVersion));
    const { items, NextMarker } = page(found, input);
    return { Aliases: items.map((alias) => describeAlias(alias, latest.FunctionArn)), NextMarker };
  },
});

function namesVersion(alias: FunctionAlias, version: string): boolean {
  return alias.FunctionVersion === version || Object.hasOwn(alias.AdditionalVersionWeights, version);
}
