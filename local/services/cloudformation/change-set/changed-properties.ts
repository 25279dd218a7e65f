import { isDeepStrictEqual } from 'node:util';
import { intrinsicName } from '../../../assembly/intrinsics';
import type { PlannedResource } from '../../../assembly/resource-plan';
import { subReferences } from '../../../assembly/sub-expression';
import type { ResourceRecord } from '../model';
import { requiresReplacement } from '../replacement-properties';
import type { StackTools } from '../stack-tools';
import type { ResourceChange, ResourceChangeDetail } from './model';

/** What stands for a value that is known only once the change set has been executed, as AWS writes it. */
export const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

type Properties = Readonly<Record<string, unknown>>;
type Cause = Pick<ResourceChangeDetail, 'ChangeSource' | 'CausingEntity'>;

/** The change of a resource that exists; undefined when it stays as it is. */
export function changeOf(
  tools: StackTools,
  before: ResourceRecord,
  { logicalId, resource }: PlannedResource,
  after: Properties,
): ResourceChange | undefined {
  const { DeletionPolicy = 'Delete', UpdateReplacePolicy = 'Delete' } = resource;
  const isReplacedByAny = !tools.provider(before.type)!.update;
  const names = [...new Set([...Object.keys(before.properties), ...Object.keys(after)])];
  const details = [
    ...names
      .filter((name) => !isDeepStrictEqual(before.properties[name], after[name]))
      .flatMap((name) => {
        const recreates = isReplacedByAny || requiresReplacement(before.type, name);
        const causes = causesOf(resource.Properties?.[name]);
        return causes.map((cause) => detailOf(name, before.properties[name], after[name], recreates, cause));
      }),
    ...policyDetail('DeletionPolicy', before.deletionPolicy, DeletionPolicy),
    ...policyDetail('UpdateReplacePolicy', before.updateReplacePolicy, UpdateReplacePolicy),
  ];
  if (details.length === 0) return undefined;
  const replacement = replacementOf(details);
  return {
    Action: 'Modify',
    LogicalResourceId: logicalId,
    PhysicalResourceId: before.physicalId,
    ResourceType: before.type,
    Replacement: replacement,
    PolicyAction:
      replacement === 'False'
        ? undefined
        : UpdateReplacePolicy.startsWith('Retain')
          ? 'ReplaceAndRetain'
          : 'ReplaceAndDelete',
    Scope: [...new Set(details.map(({ Target }) => Target.Attribute))],
    Details: details,
    BeforeContext: JSON.stringify({ Properties: before.properties }),
    AfterContext: JSON.stringify({ Properties: after }),
  };
}

/** A value that is not known yet may turn out to be the same: then nothing is replaced. */
function replacementOf(details: readonly ResourceChangeDetail[]): 'True' | 'False' | 'Conditional' {
  const recreating = details.filter(({ Target }) => Target.RequiresRecreation === 'Always');
  if (recreating.some(({ Evaluation }) => Evaluation === 'Static')) return 'True';
  return recreating.length > 0 ? 'Conditional' : 'False';
}

function detailOf(
  name: string,
  before: unknown,
  after: unknown,
  recreates: boolean,
  cause: Cause,
): ResourceChangeDetail {
  const isTags = name === 'Tags';
  return {
    Target: {
      Attribute: isTags ? 'Tags' : 'Properties',
      Name: isTags ? undefined : name,
      RequiresRecreation: recreates ? 'Always' : 'Never',
      Path: `/Properties/${name}`,
      BeforeValue: asText(before),
      AfterValue: asText(after),
      AttributeChangeType: before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify',
    },
    Evaluation: JSON.stringify(after)?.includes(KNOWN_AFTER_APPLY) ? 'Dynamic' : 'Static',
    ...cause,
  };
}

function policyDetail(
  Attribute: 'DeletionPolicy' | 'UpdateReplacePolicy',
  before: string,
  after: string,
): ResourceChangeDetail[] {
  if (before === after) return [];
  return [
    {
      Target: {
        Attribute,
        RequiresRecreation: 'Never',
        Path: `/${Attribute}`,
        BeforeValue: before,
        AfterValue: after,
        AttributeChangeType: 'Modify',
      },
      Evaluation: 'Static',
      ChangeSource: 'DirectModification',
    },
  ];
}

/** Where the new value comes from: another resource, or the template itself. */
function causesOf(value: unknown): Cause[] {
  const references = [...referencesIn(value)].filter((name) => !name.includes('::'));
  if (references.length === 0) return [{ ChangeSource: 'DirectModification' }];
  return [...new Set(references)].map((name) => ({
    ChangeSource: name.includes('.') ? 'ResourceAttribute' : 'ResourceReference',
    CausingEntity: name,
  }));
}

function* referencesIn(value: unknown): Generator<string> {
  if (value === null || typeof value !== 'object') return;
  const name = intrinsicName(value);
  const argument = name ? (value as Record<string, any>)[name] : undefined;
  if (name === 'Ref') yield String(argument);
  else if (name === 'Fn::GetAtt') yield Array.isArray(argument) ? argument.join('.') : String(argument);
  else if (name === 'Fn::Sub') yield* subReferences(argument);
  else for (const item of Object.values(value)) yield* referencesIn(item);
}

function asText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
