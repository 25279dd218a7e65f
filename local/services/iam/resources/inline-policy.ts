import type { ResourceContext, ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { checkRoles } from '../attach-policies';
import { validationError } from '../faults';
import type { PolicyJson } from '../model';
import { compilePolicy } from '../policy-document';
import { checkInlineSize } from '../quotas';
import type { IamStore } from '../store';

interface PolicyProperties {
  readonly PolicyDocument: PolicyJson;
  readonly PolicyName: string;
  readonly Roles?: readonly string[];
}

/**
 * An inline policy in each role that it names; groups and users are not emulated.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html
 */
export function inlinePolicyResource(store: IamStore): ResourceProvider<PolicyProperties> {
  const put = ({ PolicyDocument, PolicyName, Roles = [] }: PolicyProperties): void => {
    if (Roles.length === 0) throw validationError('At least one of [Groups,Roles,Users] must be non-empty.');
    compilePolicy(PolicyDocument, 'identity');
    checkRoles(store, Roles);
    for (const roleName of Roles) {
      const inline = { ...store.role(roleName)!.inline, [PolicyName]: PolicyDocument };
      checkInlineSize(roleName, Object.values(inline));
    }
    for (const roleName of Roles) store.putInlinePolicy(roleName, PolicyName, PolicyDocument);
  };
  const remove = ({ PolicyName, Roles = [] }: PolicyProperties): void => {
    for (const roleName of Roles) store.removeInlinePolicy(roleName, PolicyName);
  };
  const create = (properties: PolicyProperties, context: ResourceContext): ResourceResult => {
    put(properties);
    return { physicalId: context.generateName(128), attributes: { Id: context.logicalId } };
  };
  return {
    type: 'AWS::IAM::Policy',
    properties: { PolicyDocument: 'emulated', PolicyName: 'emulated', Roles: 'emulated' },
    create,
    update: (physicalId, properties, previous, context) => {
      put(properties);
      const isRenamed = properties.PolicyName !== previous.PolicyName;
      const left = isRenamed ? previous.Roles : previous.Roles?.filter((role) => !properties.Roles?.includes(role));
      remove({ ...previous, Roles: left });
      return { physicalId, attributes: { Id: context.logicalId } };
    },
    delete: (_physicalId, properties) => remove(properties),
  };
}
