import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createCloudFormationService } from '../../../local/services/cloudformation/router';
import { createSsmService } from '../../../local/services/ssm/router';
import { AwsError } from '../../../local/wire/aws-error';
import { administrator, Gateway } from '../../../local/wire/gateway';
import type { Host } from '../../../local/wire/host';
import type { ResourceProvider } from '../../../local/wire/resource-provider';
import type { Service } from '../../../local/wire/service';

/** What a shelf holds: the properties of each thing, by physical id. */
type Shelf = Map<string, any>;

/**
 * An account with CloudFormation, SSM and a service `shop` whose things (`Shop::Thing`) can be changed in place, while boxes
 * (`Shop::Box`) are replaced by every change. A thing with `Fails` is refused; one with `Sticks` cannot be deleted;
 * one whose logical id is in `refused` cannot be made smaller.
 */
export function cloud(more: (host: Host) => Service[] = () => []) {
  const clock = new SimulatedClock();
  const warnings: string[] = [];
  const gateway = new Gateway({ kernel: { clock, random: new SeededRandom(3) }, warn: (line) => warnings.push(line) });
  const shelf: Shelf = new Map();
  const log: string[] = [];
  const refused = new Set<string>();
  const shop: Service = {
    name: 'shop',
    protocols: [],
    actions: {},
    resources: [thing(shelf, log, refused), box(shelf, log)],
  };
  const cloudformation = createCloudFormationService(gateway, () => gateway.registered);
  gateway.register(shop, createSsmService(gateway), cloudformation, ...more(gateway));
  const call = (action: string, input: object) =>
    gateway.call(administrator(gateway.accountId), 'cloudformation', action, input);
  const events = async (StackName: string): Promise<string[]> =>
    (await call('DescribeStackEvents', { StackName })).StackEvents.reverse().map(
      ({ LogicalResourceId, ResourceStatus, ResourceStatusReason }: any) =>
        [LogicalResourceId, ResourceStatus, ResourceStatusReason].filter(Boolean).join(' '),
    );
  const create = async (template: object, stackName = 'stack', parameters = {}) =>
    (await cloudformation.createStack({ stackName, template: template as never, parameters })).done;
  const update = async (template: object, stackName = 'stack', parameters = {}) =>
    (await cloudformation.updateStack({ stackName, template: template as never, parameters })).done;
  const remove = async (stackName = 'stack') => (await cloudformation.deleteStack(stackName)).done;
  const setParameter = (Name: string, Value: string) =>
    gateway.call(administrator(gateway.accountId), 'ssm', 'PutParameter', {
      Name,
      Value,
      Type: 'String',
      Overwrite: true,
    });
  const describe = async (StackName = 'stack') => (await call('DescribeStacks', { StackName })).Stacks[0];
  return {
    ...{ clock, gateway, shelf, log, refused, warnings, cloudformation },
    ...{ call, events, create, update, remove, describe, setParameter },
  };
}

function thing(shelf: Shelf, log: string[], refused: ReadonlySet<string>): ResourceProvider {
  return {
    type: 'Shop::Thing',
    properties: {
      Name: 'emulated',
      Size: 'number',
      IsHeavy: 'boolean',
      Parts: { members: { Label: 'emulated', Weight: 'number' } },
      Colour: { inert: 'nobody sees it' },
      Fails: 'emulated',
      Sticks: 'emulated',
    },
    create: (properties, context) => {
      if (properties.Fails) throw new AwsError('InvalidThing', `${context.logicalId} cannot be made`);
      const id = properties.Name ?? context.generateName(40);
      if (shelf.has(id)) throw new AwsError('ThingAlreadyExists', `${id} is there`);
      shelf.set(id, properties);
      log.push(`create ${context.logicalId}`);
      return { physicalId: id, attributes: { Arn: `arn:${id}`, 'Owner.Name': 'me' } };
    },
    update: (id, properties, previous, context) => {
      const goesBack = refused.has(context.logicalId) && properties.Size < previous.Size;
      if (properties.Fails || goesBack) {
        throw new AwsError('InvalidThing', `${context.logicalId} cannot be changed`);
      }
      if (properties.Name !== previous.Name) {
        const created = properties.Name ?? context.generateName(40);
        shelf.set(created, properties);
        log.push(`replace ${context.logicalId}`);
        return { physicalId: created, attributes: { Arn: `arn:${created}` } };
      }
      shelf.set(id, properties);
      log.push(`change ${context.logicalId}`);
      return { physicalId: id, attributes: { Arn: `arn:${id}` } };
    },
    delete: (id, properties, context) => {
      if (properties.Sticks) throw new AwsError('ThingInUse', `${id} sticks`);
      shelf.delete(id);
      log.push(`delete ${context.logicalId}`);
    },
  };
}

function box(shelf: Shelf, log: string[]): ResourceProvider {
  return {
    type: 'Shop::Box',
    properties: { Content: 'emulated' },
    create: (properties, context) => {
      const id = context.generateName(40);
      shelf.set(id, properties);
      log.push(`create ${context.logicalId}`);
      return { physicalId: id, attributes: { Id: id } };
    },
    delete: (id, _properties, context) => {
      if (!shelf.delete(id)) throw new AwsError('BoxNotFound', `no ${id}`);
      log.push(`delete ${context.logicalId}`);
    },
  };
}

/** A template of these resources. */
export function template(Resources: Record<string, object>, rest: object = {}) {
  return { Resources, ...rest };
}

/** A thing of the shop. */
export function aThing(Properties: object = {}, rest: object = {}) {
  return { Type: 'Shop::Thing', Properties, ...rest };
}

/** A box of the shop. */
export function aBox(Content: unknown, rest: object = {}) {
  return { Type: 'Shop::Box', Properties: { Content }, ...rest };
}
