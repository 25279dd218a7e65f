import type { ResourceProvider } from '../../../wire/resource-provider';
import { addAlias, checkAliasName, retarget } from '../actions/change-alias';
import type { Kms } from '../kms';

interface AliasProperties {
  readonly AliasName: string;
  readonly TargetKeyId: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html; Ref is the name. */
export function aliasResource(kms: Kms): ResourceProvider<AliasProperties> {
  const create = ({ AliasName, TargetKeyId }: AliasProperties) => {
    const name = checkAliasName(AliasName);
    addAlias(kms, name, kms.key(TargetKeyId));
    return { physicalId: name };
  };
  return {
    type: 'AWS::KMS::Alias',
    properties: { AliasName: 'emulated', TargetKeyId: 'emulated' },
    create,
    update: (physicalId, properties, previous) => {
      if (properties.AliasName !== previous.AliasName) return create(properties);
      retarget(kms, physicalId, kms.key(properties.TargetKeyId));
      return { physicalId };
    },
    delete: (physicalId) => kms.store.removeAlias(physicalId),
  };
}
