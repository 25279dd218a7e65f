import { describeVersion } from '../describe-function';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';
import { page } from '../page';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
export const listVersionsByFunction: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'ListVersionsByFunction'),
  handle(input) {
    const { latest, versions } = parts.store.function(readFunctionReference(input.FunctionName).functionName);
    const { items, NextMarker } = page([latest, ...versions.values()], input);
    return { Versions: items.map((version) => describeVersion(version, true)), NextMarker };
  },
});
