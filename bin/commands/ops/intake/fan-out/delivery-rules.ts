import { DescribeArchiveCommand, DescribeRuleCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import type { Aws } from '../../aws';
import { type DeployedResource, type DeployedStack, resourcesOfType, stackWith } from '../../deployment';

/** A rule by which the events of a bus start the fan-out. */
export interface DeliveryRule {
  /** What the template calls it, which outlives the rule's replacement. */
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly isEnabled: boolean;
  readonly busName: string;
  readonly busArn: string;
  /** What keeps all events of the bus; undefined when nothing does. */
  readonly archive?: Archive;
}

/** What keeps the events of a bus. */
export interface Archive {
  readonly arn: string;
  /** 0 keeps them for ever. */
  readonly retentionDays: number;
}

/** How events come to their deliveries. No queue lies before them: what a rule that is off does not take, the archive alone has. */
export interface FanOut {
  readonly stack: DeployedStack;
  readonly rules: readonly DeliveryRule[];
  /** The queue whose tags remember a pause. */
  readonly recordUrl: string;
}

/**
 * The rules that start the delivery of events. It needs `events:DescribeRule` and `ListTargetsByRule` on them and `DescribeArchive` on the
 * archives. Throws an Error when the fan-out is not deployed.
 */
export async function fanOutOf(aws: Aws): Promise<FanOut> {
  const stack = stackWith(aws.deployment, 'DeliveryAliasArn');
  if (!stack)
    throw new Error('The outputs file has no stack with the output DeliveryAliasArn: fan-out is not deployed.');
  const archives = await archivesByBus(aws);
  const rules: DeliveryRule[] = [];
  for (const resource of stack.resources.filter(({ type }) => type === 'AWS::Events::Rule')) {
    const rule = await readRule(aws, resource, stack.outputs.DeliveryAliasArn!, archives);
    if (rule) rules.push(rule);
  }
  return { stack, rules, recordUrl: stack.outputs.CheckQueueUrl! };
}

async function archivesByBus({ deployment, events }: Aws): Promise<Map<string, Archive>> {
  const found = new Map<string, Archive>();
  for (const { resource } of resourcesOfType(deployment, 'AWS::Events::Archive')) {
    const archive = await events.send(new DescribeArchiveCommand({ ArchiveName: resource.physicalId }));
    if (isNarrowed(archive.EventPattern)) continue;
    found.set(archive.EventSourceArn!, { arn: archive.ArchiveArn!, retentionDays: archive.RetentionDays ?? 0 });
  }
  return found;
}

/** Whether an archive may leave out what a rule would have taken. All archives leave out what comes from a replay. */
function isNarrowed(pattern: string | undefined): boolean {
  return Object.keys(JSON.parse(pattern || '{}')).some((member) => member !== 'replay-name');
}

/** Undefined for a rule that starts something else. */
async function readRule(
  { events }: Aws,
  { logicalId, physicalId }: DeployedResource,
  machineArn: string,
  archives: ReadonlyMap<string, Archive>,
): Promise<DeliveryRule | undefined> {
  const [EventBusName, Name] = nameOf(physicalId);
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName }));
  if (!Targets.some(({ Arn }) => Arn === machineArn)) return undefined;
  const { Arn, State } = await events.send(new DescribeRuleCommand({ Name, EventBusName }));
  const busArn = Arn!.replace(/:rule\/.*$/, `:event-bus/${EventBusName}`);
  return {
    logicalId,
    name: Name,
    arn: Arn!,
    isEnabled: State === 'ENABLED',
    busName: EventBusName,
    busArn,
    archive: archives.get(busArn),
  };
}

/** CloudFormation calls a rule of a bus of one's own `BUS|NAME`, and one of the default bus `NAME`. */
function nameOf(physicalId: string): [string, string] {
  const [first, second] = physicalId.split('|');
  return second === undefined ? ['default', first!] : [first!, second];
}
