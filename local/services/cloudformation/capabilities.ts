import type { Template, TemplateResource } from '../../assembly/template';
import { insufficientCapabilities } from './faults';

const IAM_TYPES = [
  'AccessKey',
  'Group',
  'InstanceProfile',
  'ManagedPolicy',
  'Policy',
  'Role',
  'User',
  'UserToGroupAddition',
];

/** The properties that give an IAM resource a name of its own. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
};

/** What a template asks its caller to acknowledge, and of which types. */
export interface NeededCapabilities {
  readonly capabilities: readonly string[];
  readonly resourceTypes: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html, Capabilities */
export function neededCapabilities(template: Template): NeededCapabilities {
  const resources = Object.values(template.Resources ?? {}).filter(isOfIam);
  if (resources.length === 0) return { capabilities: [], resourceTypes: [] };
  const isNamed = resources.some(({ Type, Properties }) => Properties?.[NAMES[Type] ?? ''] !== undefined);
  return {
    capabilities: [isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'],
    resourceTypes: [...new Set(resources.map(({ Type }) => Type))],
  };
}

/** Throws InsufficientCapabilitiesException unless what the template needs was acknowledged. */
export function checkCapabilities(template: Template, acknowledged: readonly string[] | undefined): void {
  if (!acknowledged) return;
  const { capabilities } = neededCapabilities(template);
  const suffices = (needed: string) => acknowledged.includes(needed) || acknowledged.includes('CAPABILITY_NAMED_IAM');
  if (!capabilities.every(suffices)) throw insufficientCapabilities(capabilities);
}

function isOfIam({ Type }: TemplateResource): boolean {
  return IAM_TYPES.some((name) => Type === `AWS::IAM::${name}`);
}
