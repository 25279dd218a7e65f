import type { ResourceProvider } from '../../wire/resource-provider';

/** The CDK's usage record: a resource to CloudFormation, and nothing else to anyone. */
const cdkMetadata: ResourceProvider = {
  type: 'AWS::CDK::Metadata',
  properties: { Analytics: { inert: 'the CDK counts its own constructs with it' } },
  create: (_properties, context) => ({ physicalId: context.generateName(128) }),
  update: (physicalId) => ({ physicalId }),
  delete: () => undefined,
};

/** Resource types that CloudFormation itself provides. */
export const cloudFormationResources: readonly ResourceProvider[] = [cdkMetadata];
