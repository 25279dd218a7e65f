import { readAlias } from '../alias-settings';
import { describeAlias } from '../describe-function';
import { notFound } from '../faults';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';
import { checkRevision } from '../revision';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html: members left out keep their value, the routing too. */
export const updateAlias: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'UpdateAlias'),
  handle(input) {
    const { store, host } = parts;
    const { functionName } = readFunctionReference(input.FunctionName);
    const { latest, aliases } = store.function(functionName);
    const current = aliases.get(input.Name);
    if (!current) throw notFound(`Cannot find alias arn: ${latest.FunctionArn}:${input.Name}`);
    checkRevision(input.RevisionId, current.RevisionId);
    const { AdditionalVersionWeights } = current;
    const settings = {
      Name: current.Name,
      FunctionVersion: input.FunctionVersion ?? current.FunctionVersion,
      Description: input.Description ?? current.Description,
      RoutingConfig: input.RoutingConfig ?? { AdditionalVersionWeights },
    };
    const alias = readAlias(store, functionName, settings, host.kernel.random.uuid());
    store.setAlias(functionName, alias);
    return describeAlias(alias, latest.FunctionArn);
  },
});
